// purpose: the links of a release of which both ends are among some records (by `endNode`: a pattern may be scanned for).
// parameters: agreement: text
//             rows: [text], ids of records
//             among: [text], ids of all of them
// read
UNWIND $rows AS id
MATCH (head:Released {agreement: $agreement, id: id})
UNWIND COLLECT { MATCH (head)-[link]->() RETURN link } AS link
WITH link WHERE endNode(link).id IN $among
RETURN link.body AS body
