// purpose: a time zone has one latest day, and is found by its name.
// parameters: none
// schema
CREATE CONSTRAINT seen_day_zone IF NOT EXISTS
FOR (seen:SeenDay) REQUIRE seen.zone IS UNIQUE
