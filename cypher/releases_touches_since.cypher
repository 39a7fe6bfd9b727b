// purpose: what the versions of a release after one of them did to records, by place, then id.
// parameters: agreement: text
//             place: integer, of that version
// read
MATCH (touch:ReleaseTouch {agreement: $agreement})
WHERE touch.place > $place AND touch.id IS NOT NULL
RETURN touch.place AS place, touch.id AS id, touch.before AS before, touch.after AS after, touch.shift AS shift
ORDER BY touch.place, touch.id
