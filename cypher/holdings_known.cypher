// purpose: which of the ids have a node already (one that was only ever an end of links has no kind), and the lines of
//          links among them, which say where their relationships are.
// parameters: rows: [text], ids
// read
UNWIND $rows AS id
MATCH (entry:Held {id: id})
RETURN entry.id AS id, CASE WHEN entry:Link AND entry.deleted IS NULL THEN entry.line END AS line
ORDER BY id
