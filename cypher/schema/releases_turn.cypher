// purpose: there is one turn to write.
// parameters: none
// schema
CREATE CONSTRAINT turn_one IF NOT EXISTS
FOR (turn:Turn) REQUIRE turn.one IS UNIQUE
