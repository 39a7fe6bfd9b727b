// purpose: take away some relationships of the nodes that are taken away next, when the releases are dropped; tells how
//          many.
// parameters: most: whole number
// write
MATCH (gone:Released|ReleasedLink|Release|ReleasePart|ReleaseTouch|ReleaseVersion)
WITH gone LIMIT $most
MATCH (gone)-[tie]-()
WITH DISTINCT tie LIMIT $most
DELETE tie
RETURN count(*) AS taken
