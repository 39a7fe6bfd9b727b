// purpose: the revision, and whether what was announced is overdue by the server's clock, or was announced by a clock
//          that has gone back since.
// parameters: ahead: integer, seconds; nothing is announced for longer
// read
OPTIONAL MATCH (revision:Revision {one: 1})
OPTIONAL MATCH (restriction:Restriction {one: 1})
WITH revision, restriction.due_at - timestamp() AS left
RETURN coalesce(revision.number, 0) AS revision, coalesce(left <= 0 OR left > 1000 * $ahead, false) AS due
