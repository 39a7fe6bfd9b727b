// purpose: a record stands in one way.
// parameters: none
// schema
CREATE CONSTRAINT standing_id IF NOT EXISTS
FOR (standing:Standing) REQUIRE standing.id IS UNIQUE
