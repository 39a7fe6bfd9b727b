// purpose: the links of some heads, those after an id, in one row; the body of one that has gone meanwhile is ''. The
//          heads with many links are told by their ids.
// parameters: agreement: text
//             after: text, an id, or '' for all
//             most: whole number, of heads
//             few: whole number, of links that a head may have
// read
MATCH (head:Released {agreement: $agreement})
WHERE head.id > $after
WITH head, head.id AS id
ORDER BY head.agreement, id // as the index has them: nothing is sorted
LIMIT $most
WITH head, id, COUNT { (head)-->() } > $few AS is_hub
WITH
    collect(CASE WHEN NOT is_hub THEN head END) AS heads,
    collect(CASE WHEN is_hub THEN id END) AS hubs,
    max(id) AS last
RETURN
    COLLECT {
        UNWIND heads AS head
        MATCH (head)-[link]->()
        RETURN [head.id, link.id, coalesce(link.body, '')]
        ORDER BY head.id, link.id
    } AS links,
    hubs,
    last
