// purpose: what is found by these terms.
// parameters: rows: [text], terms
// read
UNWIND $rows AS asked
MATCH (term:Term {term: asked})
RETURN asked, term.id AS id
ORDER BY asked, id
