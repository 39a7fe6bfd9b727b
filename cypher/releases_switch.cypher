// purpose: from here on a release is one that a change has changed, of which all parts are kept beside it.
// parameters: agreement: text
//             change: text, this change and no other
// write
MATCH (release:Release {agreement: $agreement})
SET release.unwritten = $change
