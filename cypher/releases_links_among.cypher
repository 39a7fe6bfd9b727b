// purpose: the links of a release of which both ends are among some records.
// parameters: agreement: text
//             rows: [text], ids of records
//             among: [text], ids of all of them
// read
UNWIND $rows AS id
MATCH (head:Released {agreement: $agreement, id: id})
UNWIND COLLECT { MATCH (head)-[link]->(tail:Released) WHERE tail.id IN $among RETURN link } AS link
RETURN link.body AS body
