// purpose: take away some relationships of the nodes that are taken away next, when the holdings are dropped; tells how
//          many. So the node that most others are tied to takes no more memory than another.
// parameters: most: whole number
// write
MATCH (gone:Held|Before|Paper|Standing|Taint|Term)
WITH gone LIMIT $most
MATCH (gone)-[tie]-()
WITH DISTINCT tie LIMIT $most
DELETE tie
RETURN count(*) AS taken
