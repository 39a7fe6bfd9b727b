// purpose: these are found by these terms no more.
// parameters: rows: [{term, id}]
// write
UNWIND $rows AS row
MATCH (term:Term {term: row.term, id: row.id})
DELETE term
