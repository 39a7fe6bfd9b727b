// purpose: the links of a head that has many, a row for each.
// parameters: agreement: text
//             head: text, its id
// read
MATCH (head:Released {agreement: $agreement, id: $head})-[link]->()
RETURN head.id AS head, link.id AS id, coalesce(link.body, '') AS body
ORDER BY id
