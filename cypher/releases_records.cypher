// purpose: the records of one release.
// parameters: agreement: text
// read
MATCH (record:Released {agreement: $agreement})
WHERE record.id IS NOT NULL
RETURN record.body AS body
ORDER BY record.id
