// purpose: the bodies of the links of some heads, a row for each.
// parameters: agreement: text
//             among: [text], ids of heads
// read
UNWIND $among AS id
MATCH (head:Released {agreement: $agreement, id: id})-[link]->()
RETURN link.body AS body
ORDER BY id, link.id
