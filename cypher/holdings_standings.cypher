// purpose: how these stood when they were last judged.
// parameters: rows: [text], ids
// read
UNWIND $rows AS id
MATCH (standing:Standing {id: id})
RETURN standing.id AS id, standing.body AS body
ORDER BY id
