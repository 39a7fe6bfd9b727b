// purpose: an agreement has one release.
// parameters: none
// schema
CREATE CONSTRAINT release_agreement IF NOT EXISTS
FOR (release:Release) REQUIRE release.agreement IS UNIQUE
