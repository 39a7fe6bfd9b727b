// purpose: a release is served no more, from here on; that it was there is known until all that it had is swept away.
// parameters: agreement: text
// write
MATCH (release:Release {agreement: $agreement})
REMOVE release.header
