// purpose: take away some of the records, with their links, of a release that is no more; tells how many.
// parameters: agreement: text
//             most: whole number
// write
MATCH (record:Released {agreement: $agreement})
WHERE record.id IS NOT NULL
WITH record LIMIT $most
DETACH DELETE record
RETURN count(*) AS swept
