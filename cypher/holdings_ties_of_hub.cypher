// purpose: the links as they are drawn at a head that has many, a row for each.
// parameters: head: text, its id
// read
MATCH (head:Held {id: $head})-[tie]->(tail)
RETURN tie.id AS id, head.id AS head, tail.id AS tail
ORDER BY id
