// purpose: a version stands once at its place in a release, and is found by it.
// parameters: none
// schema
CREATE CONSTRAINT release_version_place IF NOT EXISTS
FOR (version:ReleaseVersion) REQUIRE (version.agreement, version.place) IS UNIQUE
