// purpose: one restriction is on its way at a time, and readers find it at once.
// parameters: none
// schema
CREATE CONSTRAINT restriction_one IF NOT EXISTS
FOR (restriction:Restriction) REQUIRE restriction.one IS UNIQUE
