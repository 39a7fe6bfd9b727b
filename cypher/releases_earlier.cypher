// purpose: whose the releases here are that have the labels of no home, as earlier versions kept them.
// parameters: none
// read, of every home
MATCH (turn:Turn {one: 1})
WHERE turn.owner IS NOT NULL
RETURN turn.owner AS owner
