// purpose: whether releases, or what is left of one, can be read here, of whichever home; homes of earlier versions
//          have no such mark.
// parameters: none
// read, of every home
RETURN COUNT { (:KeepsReleases) } + COUNT { (:Release) } + COUNT { (:Released) } > 0 AS readable
