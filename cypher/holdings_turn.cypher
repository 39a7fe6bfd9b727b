// purpose: wait for who writes now, and until the transaction ends keep others from writing, so that no two can block
//          each other; give a sign; tell the number of the turn, whether there are taints, and whether there is an
//          account that is to be kept up with.
// parameters: none
// write
MERGE (holdings:Holdings {name: 'holdings'})
SET holdings.sign = coalesce(holdings.sign, 0) + 1
RETURN coalesce(holdings.turn, 0) AS number, COUNT { (:Taint) } > 0 AS tainted, holdings.account IS NOT NULL AS accounted
