// purpose: whose the releases are.
// parameters: none
// read
MATCH (turn:Turn {one: 1})
WHERE turn.owner IS NOT NULL
RETURN turn.owner AS owner
