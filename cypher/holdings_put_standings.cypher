// purpose: keep how these stand.
// parameters: rows: [{id, body}]
// write
UNWIND $rows AS row
MERGE (standing:Standing {id: row.id})
SET standing.body = row.body
