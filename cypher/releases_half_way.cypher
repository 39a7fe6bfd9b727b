// purpose: the agreements of which something may be here, and no release that is served: a kill has left it.
// parameters: none
// read
MATCH (release:Release)
WHERE release.header IS NULL
RETURN release.agreement AS agreement
ORDER BY agreement
