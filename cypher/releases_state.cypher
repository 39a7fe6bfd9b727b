// purpose: one release's header, and which change of it was begun and which was ended last.
// parameters: agreement: text
// read
MATCH (release:Release {agreement: $agreement})
WHERE release.header IS NOT NULL
RETURN release.header AS header, release.begun AS begun, release.ended AS ended
