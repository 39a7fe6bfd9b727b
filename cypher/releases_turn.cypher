// purpose: wait for who writes now, and until the transaction ends keep others from writing; give a sign, and tell the
//          number of the turn. Who takes the first turn marks that this server has releases.
// parameters: none
// write
MERGE (turn:Turn {one: 1})
ON CREATE SET turn:KeepsReleases
SET turn.sign = coalesce(turn.sign, 0) + 1
RETURN coalesce(turn.number, 0) AS number
