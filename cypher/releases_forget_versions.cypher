// purpose: forget the versions before a place.
// parameters: agreement: text
//             place: whole number
// write
MATCH (version:ReleaseVersion {agreement: $agreement})
WHERE version.place < $place
DELETE version
