// purpose: what was noted is done with.
// parameters: none
// write
MATCH (before:Before)
WHERE before.id IS NOT NULL
DELETE before
