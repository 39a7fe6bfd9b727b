// purpose: forget what versions up to a place did.
// parameters: agreement: text
//             place: whole number
// write
MATCH (touch:ReleaseTouch {agreement: $agreement})
WHERE touch.place <= $place AND touch.id IS NOT NULL
DELETE touch
