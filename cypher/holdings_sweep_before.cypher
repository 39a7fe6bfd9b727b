// purpose: take away some of the notes that are kept and count no more; tells how many.
// parameters: most: whole number
// write
MATCH (kept:Before)
WHERE kept.id IS NOT NULL
WITH kept LIMIT $most
DELETE kept
RETURN count(*) AS swept
