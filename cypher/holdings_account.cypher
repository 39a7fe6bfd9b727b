// purpose: the account of all that is kept.
// parameters: none
// read
MATCH (holdings:Holdings {name: 'holdings'})
WHERE holdings.account IS NOT NULL
RETURN holdings.account AS account
