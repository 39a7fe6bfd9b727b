// purpose: some records of a release.
// parameters: agreement: text
//             rows: [text], ids
// read
UNWIND $rows AS id
MATCH (record:Released {agreement: $agreement, id: id})
RETURN record.body AS body
