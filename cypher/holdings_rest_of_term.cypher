// purpose: some of what one term finds, those after an id, in one row.
// parameters: term: text
//             after: text, an id
//             most: whole number, of ids
// read
MATCH (term:Term {term: $term})
USING INDEX term:Term(term, id)
WHERE term.id > $after
WITH term.term AS text, term.id AS id
ORDER BY text, id // as the index has them: nothing is sorted
LIMIT $most
RETURN collect([text, id]) AS pairs
