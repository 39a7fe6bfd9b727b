// purpose: the parts of a change that are kept beside a release, in their order.
// parameters: agreement: text
//             change: text, this change and no other
// read
MATCH (part:ReleasePart {agreement: $agreement, change: $change})
WHERE part.place >= 0
RETURN part.place AS place, part.body AS body
ORDER BY part.place
