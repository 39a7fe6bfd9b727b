// purpose: every entry. In no order: sorting them all would have to hold them all.
// parameters: none
// read
MATCH (entry:Held)
WHERE entry.kind IS NOT NULL
RETURN entry.id AS id, entry.kind AS kind, entry.line AS line, entry.revised AS revised,
    entry.deleted AS deleted, EXISTS { (taint:Taint {id: entry.id}) WHERE taint.by IS NOT NULL } AS tainted
