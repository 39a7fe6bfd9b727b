// purpose: take away what is left of releases that were dropped: who read them, and on which day last, what was taken
//          back, whose they were, and the turn; not where somebody has the turn. Tells how many.
// parameters: none
// write
MATCH (turn:Turn {one: 1})
SET turn.locked = true // others wait from here on, and what is read below is what stays
WITH turn WHERE turn.holder IS NULL
MATCH (gone:Reader|SeenDay|Restriction|Revision|Revoked|Turn)
DELETE gone
RETURN count(*) AS taken
