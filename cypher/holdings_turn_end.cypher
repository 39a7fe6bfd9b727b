// purpose: give the turn to write to the holdings back, unless another has taken it.
// parameters: number: integer, of the turn
// write
MATCH (holdings:Holdings {name: 'holdings'})
SET holdings.locked = true // others wait from here on, and what is read below is what stays
WITH holdings WHERE holdings.turn = $number
REMOVE holdings.holder
