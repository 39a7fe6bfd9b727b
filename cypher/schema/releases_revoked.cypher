// purpose: a token is taken back once.
// parameters: none
// schema
CREATE CONSTRAINT revoked_name IF NOT EXISTS
FOR (revoked:Revoked) REQUIRE (revoked.kind, revoked.name) IS UNIQUE
