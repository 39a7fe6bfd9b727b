// purpose: an id is noted once.
// parameters: none
// schema
CREATE CONSTRAINT before_id IF NOT EXISTS
FOR (before:Before) REQUIRE before.id IS UNIQUE
