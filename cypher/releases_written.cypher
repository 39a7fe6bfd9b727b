// purpose: the change that a release was switched to is written out whole.
// parameters: agreement: text
// write
MATCH (release:Release {agreement: $agreement})
REMOVE release.unwritten
