// purpose: say that a change of a release is written whole.
// parameters: agreement: text
//             change: text, this change and no other
// write
MATCH (release:Release {agreement: $agreement})
SET release.ended = $change
