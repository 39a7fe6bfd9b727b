// purpose: whether anything of holdings can be read here, or the mark that they are kept here, of whichever home;
//          homes of earlier versions have no such mark.
// parameters: none
// read, of every home
RETURN COUNT { (:Record) } + COUNT { (:KeepsHoldings) } + COUNT { (:Held) } + COUNT { (:Holdings) } > 0 AS readable
