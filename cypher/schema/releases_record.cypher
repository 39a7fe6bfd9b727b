// purpose: a released record stands once in a release, and is found by agreement and id.
// parameters: none
// schema
CREATE CONSTRAINT released_id IF NOT EXISTS
FOR (record:Released) REQUIRE (record.agreement, record.id) IS UNIQUE
