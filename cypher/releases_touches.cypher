// purpose: what the known versions of a release did to records, by place, then id.
// parameters: agreement: text
// read
MATCH (touch:ReleaseTouch {agreement: $agreement})
WHERE touch.place >= 0 AND touch.id IS NOT NULL
RETURN touch.place AS place, touch.id AS id, touch.before AS before, touch.after AS after, touch.shift AS shift
ORDER BY touch.place, touch.id
