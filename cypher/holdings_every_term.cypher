// purpose: some of the terms that are kept, those after a term, each with what it finds, in one row. What else the last
//          of them finds is told by holdings_rest_of_term.
// parameters: after: text, a term, or '' for all
//             most: whole number, of pairs of a term and an id
// read
MATCH (term:Term)
USING INDEX term:Term(term, id)
WHERE term.term > $after AND term.id IS NOT NULL
WITH term.term AS text, term.id AS id
ORDER BY text, id // as the index has them: nothing is sorted
LIMIT $most
RETURN collect([text, id]) AS pairs
