// purpose: take away some of what the versions of a release that is no more did; tells how many.
// parameters: agreement: text
//             most: whole number
// write
MATCH (touch:ReleaseTouch {agreement: $agreement})
WHERE touch.place >= 0 AND touch.id IS NOT NULL
WITH touch LIMIT $most
DELETE touch
RETURN count(*) AS swept
