// purpose: take released links away, each found by its place; those that are not there are no error, and a place
//          whose link is not there goes too. Planned anew each time: a plan from when there were few links would look
//          through all of them for each one.
// parameters: agreement: text
//             rows: [text], ids
// write
CYPHER replan=force
UNWIND $rows AS id
MATCH (place:ReleasedLink {agreement: $agreement, id: id})
OPTIONAL MATCH (head:Released {agreement: $agreement, id: place.head})
OPTIONAL MATCH (tail:Released {agreement: $agreement, id: place.tail})
WITH place, COLLECT { MATCH (head)-[link]->(tail) WHERE link.id = id RETURN link } AS links
FOREACH (link IN links | DELETE link)
DELETE place
