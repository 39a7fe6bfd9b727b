// purpose: note what a version did to records.
// parameters: agreement: text
//             rows: [{place, id, before, after, shift}]
// write
UNWIND $rows AS row
CREATE (:ReleaseTouch {
  agreement: $agreement, place: row.place, id: row.id, before: row.before, after: row.after, shift: row.shift
})
