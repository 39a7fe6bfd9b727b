// purpose: put taints that are not there yet.
// parameters: rows: [{id, by}]
// write
UNWIND $rows AS row
MERGE (:Taint {id: row.id, by: row.by})
