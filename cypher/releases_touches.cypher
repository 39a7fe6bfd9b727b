// purpose: what the versions of a release after one place and up to another did to records, by place, then id.
// parameters: agreement: text
//             after: whole number
//             last: whole number
// read
MATCH (touch:ReleaseTouch {agreement: $agreement})
WHERE touch.place > $after AND touch.place <= $last AND touch.id IS NOT NULL
RETURN touch.place AS place, touch.id AS id, touch.before AS before, touch.after AS after, touch.shift AS shift
ORDER BY touch.place, touch.id
