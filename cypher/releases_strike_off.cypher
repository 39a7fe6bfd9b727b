// purpose: take those readers away that have not confirmed a revision by now.
// parameters: rows: texts, names of readers
//             before: integer, the revision
// write
UNWIND $rows AS name
MATCH (reader:Reader {name: name})
WHERE reader.confirmed < $before
DELETE reader
