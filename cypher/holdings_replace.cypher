// purpose: put entries whose ids have a node: all that it says is replaced, its relationships stay.
// parameters: rows: [{labels: [text], entry: {id, kind, line, …}}]
// write
UNWIND $rows AS row
MATCH (entry:Held {id: row.entry.id})
SET entry:$(row.labels), entry = row.entry
