// purpose: a restriction is on its way, and due in so many seconds by the server's clock.
// parameters: seconds: integer
// write
MERGE (restriction:Restriction {one: 1})
SET restriction.due_at = timestamp() + 1000 * $seconds
