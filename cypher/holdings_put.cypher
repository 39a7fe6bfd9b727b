// purpose: put entries that are no links and whose ids have no node yet.
// parameters: rows: [{labels: [text], entry: {id, kind, line, …}}]
// write
UNWIND $rows AS row
CREATE (entry:Held:$(row.labels))
SET entry = row.entry
