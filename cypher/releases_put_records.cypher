// purpose: put released records, new or changed.
// parameters: agreement: text
//             rows: [{id, label, body}]
// write
UNWIND $rows AS row
MERGE (record:Released {agreement: $agreement, id: row.id})
SET record:$(row.label), record.body = row.body
