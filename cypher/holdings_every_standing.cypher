// purpose: how some stood when they were last judged, those after an id, in one row.
// parameters: after: text, an id, or '' for all
//             most: whole number, of ids
// read
MATCH (standing:Standing)
WHERE standing.id > $after
WITH standing, standing.id AS id
ORDER BY id
LIMIT $most
RETURN collect([id, standing.body]) AS standings, max(id) AS last
