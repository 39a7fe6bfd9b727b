// purpose: say what a release is now. Whoever else changes it waits here until this transaction ends.
// parameters: agreement: text
//             header: text
// write
MATCH (release:Release {agreement: $agreement})
SET release.header = $header
