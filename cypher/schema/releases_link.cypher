// purpose: a released link stands once in a release, and its place is found by agreement and id.
// parameters: none
// schema
CREATE CONSTRAINT released_link_id IF NOT EXISTS
FOR (place:ReleasedLink) REQUIRE (place.agreement, place.id) IS UNIQUE
