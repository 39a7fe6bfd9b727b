// purpose: some records of one release, those after an id, in one row; the body of one that has gone meanwhile is ''.
// parameters: agreement: text
//             after: text, an id, or '' for all
//             most: whole number, of records
// read
MATCH (record:Released {agreement: $agreement})
WHERE record.id > $after
WITH record, record.id AS id
ORDER BY record.agreement, id // as the index has them: nothing is sorted
LIMIT $most
RETURN collect([id, coalesce(record.body, '')]) AS records, max(id) AS last
