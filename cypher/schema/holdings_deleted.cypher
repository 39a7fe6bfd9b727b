// purpose: deleted entries are few, and counting what is held looks each of them up.
// parameters: none
// schema
CREATE INDEX held_deleted IF NOT EXISTS
FOR (entry:Held) ON (entry.deleted)
