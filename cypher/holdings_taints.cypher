// purpose: every taint.
// parameters: none
// read
MATCH (taint:Taint)
WHERE taint.by IS NOT NULL
RETURN taint.id AS id, taint.by AS by
ORDER BY id, by
