// purpose: a part of a change is written out, and kept no more.
// parameters: agreement: text
//             change: text, this change and no other
//             place: whole number, of the part in the change
// write
MATCH (part:ReleasePart {agreement: $agreement, change: $change, place: $place})
DELETE part
