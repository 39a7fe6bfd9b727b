// purpose: keep a part of a change beside a release.
// parameters: agreement: text
//             change: text, this change and no other
//             place: whole number, of the part in the change
//             body: bytes
// write
CREATE (:ReleasePart {agreement: $agreement, change: $change, place: $place, body: $body})
