// purpose: forget some of what versions after a place would have done; tells how much.
// parameters: agreement: text
//             place: whole number
//             most: whole number
// write
MATCH (touch:ReleaseTouch {agreement: $agreement})
WHERE touch.place > $place AND touch.id IS NOT NULL
WITH touch LIMIT $most
DELETE touch
RETURN count(*) AS swept
