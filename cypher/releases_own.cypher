// purpose: say whose the releases are.
// parameters: name: text
// write
MERGE (turn:Turn {one: 1})
SET turn.owner = $name
