// purpose: take the turn to write to the releases, unless it is another one than was seen, or a sign was given since.
// parameters: number: integer, as it was seen
//             sign: integer, as it was seen
//             holder: text, who takes it
// write
MERGE (turn:Turn {one: 1})
ON CREATE SET turn:KeepsReleases
SET turn.locked = true // others wait from here on, and what is read below is what stays
WITH turn WHERE coalesce(turn.number, 0) = $number AND coalesce(turn.sign, 0) = $sign
SET turn.number = $number + 1, turn.sign = $sign + 1, turn.holder = $holder
RETURN turn.number AS number
