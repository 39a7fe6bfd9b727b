// purpose: one release's header, which change of it was begun and which was ended last, and the change that it is
//          switched to and that is not written out.
// parameters: agreement: text
// read
MATCH (release:Release {agreement: $agreement})
WHERE release.header IS NOT NULL
RETURN release.header AS header, release.begun AS begun, release.ended AS ended, release.unwritten AS unwritten
