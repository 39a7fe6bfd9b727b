// purpose: which ids were written lately.
// parameters: none
// read
MATCH (holdings:Holdings {name: 'holdings'})
WHERE holdings.written IS NOT NULL
RETURN holdings.written AS written
