// purpose: draw the relationships of links. An end that was never loaded becomes a node that has an id and nothing else.
// parameters: rows: [{head, tail, type, shown: {id, …}}]
// write
UNWIND $rows AS row
MERGE (head:Held {id: row.head})
MERGE (tail:Held {id: row.tail})
CREATE (head)-[tie:$(row.type)]->(tail)
SET tie = row.shown
