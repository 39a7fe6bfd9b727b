// purpose: every entry that is no link, in no order; most entries are links, and those stay with the server.
// parameters: none
// read
MATCH (entry:Held)
WHERE entry.kind IS NOT NULL AND NOT entry:Link
RETURN entry.id AS id, entry.kind AS kind, entry.line AS line, entry.revised AS revised,
    entry.deleted AS deleted, EXISTS { (taint:Taint {id: entry.id}) WHERE taint.by IS NOT NULL } AS tainted
