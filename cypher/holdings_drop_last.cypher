// purpose: take away what is left of holdings that were dropped: what is remembered, whose they were, and the turn; not
//          where somebody has the turn. Tells how many.
// parameters: none
// write
MATCH (holdings:Holdings {name: 'holdings'})
SET holdings.locked = true // others wait from here on, and what is read below is what stays
WITH holdings WHERE holdings.holder IS NULL
MATCH (gone:Memory|Holdings)
DELETE gone
RETURN count(*) AS taken
