// purpose: some entries that are no links, those after an id, in one row; most entries are links, and those stay.
// parameters: after: text, an id, or '' for all
//             most: whole number, of entries
// read
MATCH (entry:Held)
USING INDEX entry:Held(id) // else those of one label and not of another are looked through, where they seem few
WHERE entry.id > $after AND NOT entry:Link
WITH entry, entry.id AS id
ORDER BY id
LIMIT $most
WITH entry, id, EXISTS { (taint:Taint {id: id}) WHERE taint.by IS NOT NULL } AS tainted
RETURN
    collect(
        CASE WHEN entry.kind IS NOT NULL
            THEN [id, entry.kind, entry.line, entry.revised, entry.deleted, tainted]
        END
    ) AS entries,
    max(id) AS last
