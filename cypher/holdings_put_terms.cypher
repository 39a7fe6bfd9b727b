// purpose: keep by which terms these are found, each once.
// parameters: rows: [{term, id}]
// write
UNWIND $rows AS row
MERGE (:Term {term: row.term, id: row.id})
