// purpose: take away some of the standings that are kept and count no more; tells how many.
// parameters: most: whole number
// write
MATCH (kept:Standing)
WHERE kept.id IS NOT NULL
WITH kept LIMIT $most
DELETE kept
RETURN count(*) AS swept
