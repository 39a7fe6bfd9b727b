// purpose: take the turn to write to the holdings, unless it is another one than was seen, or a sign was given since.
// parameters: number: integer, as it was seen
//             sign: integer, as it was seen
//             holder: text, who takes it
// write
MERGE (holdings:Holdings {name: 'holdings'})
SET holdings.locked = true // others wait from here on, and what is read below is what stays
WITH holdings WHERE coalesce(holdings.turn, 0) = $number AND coalesce(holdings.sign, 0) = $sign
SET holdings.turn = $number + 1, holdings.sign = $sign + 1, holdings.holder = $holder
RETURN holdings.turn AS number
