// purpose: the releases in which a kill has left something, and whether each is served: a change that is not written out,
//          or the parts of one that will not be made; or what was being taken away, or made for the first time.
// parameters: none
// read
MATCH (release:Release)
WHERE release.header IS NULL OR release.unwritten IS NOT NULL OR EXISTS {
  (part:ReleasePart {agreement: release.agreement}) WHERE part.change >= '' AND part.place >= 0
}
RETURN release.agreement AS agreement, release.header IS NOT NULL AS served
ORDER BY agreement
