// purpose: put released links that are not there, with the place of each; tells how many had both ends.
// parameters: agreement: text
//             rows: [{id, type, head, tail, body}]
// write
UNWIND $rows AS row
MATCH (head:Released {agreement: $agreement, id: row.head})
MATCH (tail:Released {agreement: $agreement, id: row.tail})
CREATE (head)-[:$(row.type) {agreement: $agreement, id: row.id, body: row.body}]->(tail)
CREATE (:ReleasedLink {agreement: $agreement, id: row.id, head: row.head, tail: row.tail})
RETURN count(*) AS put
