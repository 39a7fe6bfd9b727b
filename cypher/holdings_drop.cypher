// purpose: take away some of what is held, and of what is kept of it, when the holdings are dropped; tells how many.
// parameters: most: whole number
// write
MATCH (gone:Held|Before|Paper|Standing|Taint|Term)
WITH gone LIMIT $most
DETACH DELETE gone
RETURN count(*) AS taken
