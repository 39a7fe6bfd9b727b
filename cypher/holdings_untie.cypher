// purpose: take away the relationships of links that were replaced or deleted. Planned anew each time: a plan
//          from when there were few relationships would look through all of them for each one.
// parameters: rows: [{head, tail, id}]
// write
CYPHER replan=force
UNWIND $rows AS row
MATCH (head:Held {id: row.head})
MATCH (tail:Held {id: row.tail})
UNWIND COLLECT { MATCH (head)-[tie]->(tail) WHERE tie.id = row.id RETURN tie } AS tie
DELETE tie
