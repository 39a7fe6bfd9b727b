// purpose: there is one revision, and readers find it at once.
// parameters: none
// schema
CREATE CONSTRAINT revision_one IF NOT EXISTS
FOR (revision:Revision) REQUIRE revision.one IS UNIQUE
