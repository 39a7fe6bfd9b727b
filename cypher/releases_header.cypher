// purpose: one release's header.
// parameters: agreement: text
// read
MATCH (release:Release {agreement: $agreement})
WHERE release.header IS NOT NULL
RETURN release.header AS header
