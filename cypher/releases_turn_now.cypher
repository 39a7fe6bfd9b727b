// purpose: tell whose turn it is to write to the releases.
// parameters: none
// read
MATCH (turn:Turn {one: 1})
RETURN coalesce(turn.number, 0) AS number, coalesce(turn.sign, 0) AS sign, turn.holder AS holder
