// purpose: say that a release is about to change, before its change is written; a new one is known by its header only.
// parameters: agreement: text
//             change: text, this change and no other
// write
MERGE (release:Release {agreement: $agreement})
SET release.begun = $change
