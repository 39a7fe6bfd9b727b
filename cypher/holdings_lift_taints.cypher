// purpose: lift the taints that these good lines put an end to.
// parameters: rows: [text], ids of lines
// write
UNWIND $rows AS by
MATCH (taint:Taint {by: by})
DELETE taint
