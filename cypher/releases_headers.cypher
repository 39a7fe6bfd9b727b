// purpose: the header of every release.
// parameters: none
// read
MATCH (release:Release)
WHERE release.header IS NOT NULL
RETURN release.header AS header
ORDER BY release.agreement
