// purpose: the links as they are drawn at some heads, those after an id, in one row. The heads with many links are told
//          by their ids; links that begin at a link, which nothing can release, are left out.
// parameters: after: text, an id, or '' for all
//             most: whole number, of heads
//             few: whole number, of links that a head may have
// read
MATCH (head:Held)
USING INDEX head:Held(id) // else those of one label and not of another are looked through, where they seem few
WHERE head.id > $after AND NOT head:Link
WITH head, head.id AS id
ORDER BY id
LIMIT $most
WITH head, id, COUNT { (head)-->() } > $few AS is_hub
WITH
    collect(CASE WHEN NOT is_hub THEN head END) AS heads,
    collect(CASE WHEN is_hub THEN id END) AS hubs,
    max(id) AS last
RETURN
    COLLECT {
        UNWIND heads AS head
        MATCH (head)-[tie]->(tail)
        RETURN [tie.id, head.id, tail.id]
        ORDER BY head.id, tie.id
    } AS ties,
    hubs,
    last
