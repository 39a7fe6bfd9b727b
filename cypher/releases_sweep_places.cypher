// purpose: take away some of the links' places of a release that is no more; tells how many.
// parameters: agreement: text
//             most: whole number
// write
MATCH (place:ReleasedLink {agreement: $agreement})
WHERE place.id IS NOT NULL
WITH place LIMIT $most
DELETE place
RETURN count(*) AS swept
