// purpose: a part stands once in a change of a release, and is found by its place.
// parameters: none
// schema
CREATE CONSTRAINT release_part_place IF NOT EXISTS
FOR (part:ReleasePart) REQUIRE (part.agreement, part.change, part.place) IS UNIQUE
