// purpose: the first part of a change after a place.
// parameters: agreement: text
//             change: text, this change and no other
//             place: whole number
// read
MATCH (part:ReleasePart {agreement: $agreement, change: $change})
WHERE part.place > $place
RETURN part.place AS place, part.body AS body
ORDER BY part.place LIMIT 1
