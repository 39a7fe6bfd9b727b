// purpose: wait for the turn to write, which is held until the transaction ends, and tell whether there are taints, and
//          an account that is to be kept up with. Writers go one after the other, so that no two can block each other.
// parameters: none
// write
MERGE (holdings:Holdings {name: 'holdings'})
SET holdings.turn = coalesce(holdings.turn, 0) + 1
RETURN COUNT { (:Taint) } > 0 AS tainted, holdings.account IS NOT NULL AS accounted
