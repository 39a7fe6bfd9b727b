// purpose: of a release that is served no more, or never was, nothing is left.
// parameters: agreement: text
// write
MATCH (release:Release {agreement: $agreement})
WHERE release.header IS NULL
DELETE release
