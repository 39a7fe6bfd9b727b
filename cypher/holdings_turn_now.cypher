// purpose: tell whose turn it is to write to the holdings.
// parameters: none
// read
MATCH (holdings:Holdings {name: 'holdings'})
RETURN coalesce(holdings.turn, 0) AS number, coalesce(holdings.sign, 0) AS sign, holdings.holder AS holder
