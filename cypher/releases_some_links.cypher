// purpose: some links of a release, each found by its place. Planned anew each time: see releases_delete_links.
// parameters: agreement: text
//             rows: [text], ids
// read
CYPHER replan=force
UNWIND $rows AS id
MATCH (place:ReleasedLink {agreement: $agreement, id: id})
MATCH (head:Released {agreement: $agreement, id: place.head})
MATCH (tail:Released {agreement: $agreement, id: place.tail})
UNWIND COLLECT { MATCH (head)-[link]->(tail) WHERE link.id = id RETURN link } AS link
RETURN link.body AS body
