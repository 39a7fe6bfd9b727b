// purpose: those of the ids that are held.
// parameters: rows: [text], ids
// read
UNWIND $rows AS id
MATCH (entry:Held {id: id})
WHERE entry.kind IS NOT NULL
RETURN entry.id AS id, entry.kind AS kind, entry.line AS line, entry.revised AS revised,
    entry.deleted AS deleted, EXISTS { (taint:Taint {id: entry.id}) WHERE taint.by IS NOT NULL } AS tainted
ORDER BY id
