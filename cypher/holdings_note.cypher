// purpose: note what these ids have now, before it is written over; what was noted before stays.
// parameters: rows: [text], ids
// write
UNWIND $rows AS id
OPTIONAL MATCH (entry:Held {id: id})
WHERE entry.kind IS NOT NULL
WITH id, entry, EXISTS { (taint:Taint {id: id}) WHERE taint.by IS NOT NULL } AS tainted
MERGE (before:Before {id: id})
ON CREATE SET before.kind = entry.kind, before.line = entry.line, before.revised = entry.revised,
    before.deleted = entry.deleted, before.tainted = tainted
