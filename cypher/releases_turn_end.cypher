// purpose: give the turn to write to the releases back, unless another has taken it.
// parameters: number: integer, of the turn
// write
MATCH (turn:Turn {one: 1})
SET turn.locked = true // others wait from here on, and what is read below is what stays
WITH turn WHERE turn.number = $number
REMOVE turn.holder
