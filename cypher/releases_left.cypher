// purpose: whether a release is served, the change that it is switched to and that is not written out, and whether
//          parts of a change are kept beside it.
// parameters: agreement: text
// read
OPTIONAL MATCH (release:Release {agreement: $agreement})
RETURN release.header IS NOT NULL AS served, release.unwritten AS unwritten, EXISTS {
  (part:ReleasePart {agreement: $agreement}) WHERE part.change >= '' AND part.place >= 0
} AS left
