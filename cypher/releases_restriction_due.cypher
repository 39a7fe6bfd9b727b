// purpose: whether what was announced is overdue.
// parameters: none
// read
MATCH (restriction:Restriction {one: 1})
WHERE restriction.due_at <= timestamp()
RETURN restriction.one AS one
