// purpose: a restriction is on its way, and due in so many seconds by the server's clock; for 0 it is due at once,
//          whatever the clock.
// parameters: seconds: integer
// write
MERGE (restriction:Restriction {one: 1})
SET restriction.due_at = CASE WHEN $seconds > 0 THEN timestamp() + 1000 * $seconds ELSE 0 END
