// purpose: one space of ids: no two entries, of whatever kind, have the same id.
// parameters: none
// schema
CREATE CONSTRAINT held_id IF NOT EXISTS
FOR (entry:Held) REQUIRE entry.id IS UNIQUE
