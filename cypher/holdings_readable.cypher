// purpose: whether anything of holdings can be read here, or the mark that they are kept here.
// parameters: none
// read
RETURN COUNT { (:Record) } + COUNT { (:Held) } + COUNT { (:Holdings) } > 0 AS readable
