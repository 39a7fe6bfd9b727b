// Purpose: take every node and relationship out of a test database; constraints and indexes stay.
// In transactions of 10,000 nodes, so that a large graph needs no more memory than a small one.
// Parameters: none. Writes. Runs outside of a transaction of the driver's (an auto-commit one).
MATCH (n)
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
