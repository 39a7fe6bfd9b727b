// purpose: take released records away, whose links are gone already; those that are not there are no error.
// parameters: agreement: text
//             rows: [text], ids
// write
UNWIND $rows AS id
MATCH (record:Released {agreement: $agreement, id: id})
DELETE record
