// purpose: whether a release, or what is left of one, can be read here.
// parameters: none
// read
RETURN COUNT { (:Release) } + COUNT { (:Released) } > 0 AS readable
