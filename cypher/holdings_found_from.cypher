// purpose: what is found by the terms that begin so.
// parameters: rows: [text], beginnings of terms
// read
UNWIND $rows AS asked
MATCH (term:Term)
WHERE term.term STARTS WITH asked
RETURN DISTINCT asked, term.id AS id
ORDER BY asked, id
