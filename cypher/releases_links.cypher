// purpose: the links of one release, by their heads.
// parameters: agreement: text
// read
MATCH (head:Released {agreement: $agreement})-[link]->()
WHERE head.id IS NOT NULL
RETURN link.body AS body
ORDER BY head.id, link.id
