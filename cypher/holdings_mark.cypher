// purpose: mark that this server has holdings, and make what gives the turn to write to them.
// parameters: none
// write
MERGE (holdings:Holdings {name: 'holdings'})
ON CREATE SET holdings:KeepsHoldings
