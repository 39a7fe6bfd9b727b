// purpose: take away some of all releases and their histories, when they are dropped; tells how many.
// parameters: most: whole number
// write
MATCH (gone:Released|ReleasedLink|Release|ReleasePart|ReleaseTouch|ReleaseVersion)
WITH gone LIMIT $most
DETACH DELETE gone
RETURN count(*) AS taken
