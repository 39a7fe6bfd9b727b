// purpose: a change of a release is written whole: the revision rises, so that readers ask what is current.
// parameters: none
// write
MERGE (revision:Revision {one: 1})
SET revision.number = coalesce(revision.number, 0) + 1
