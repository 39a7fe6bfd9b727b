// purpose: keep parts of a change beside a release.
// parameters: agreement: text
//             change: text, this change and no other
//             rows: [{place, body}], the number of a part in the change, and its bytes
// write
UNWIND $rows AS row
CREATE (:ReleasePart {agreement: $agreement, change: $change, place: row.place, body: row.body})
