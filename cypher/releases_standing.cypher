// purpose: the revision, and whether what was announced is overdue by the server's clock.
// parameters: none
// read
OPTIONAL MATCH (revision:Revision {one: 1})
OPTIONAL MATCH (restriction:Restriction {one: 1})
RETURN coalesce(revision.number, 0) AS revision, coalesce(restriction.due_at <= timestamp(), false) AS due
