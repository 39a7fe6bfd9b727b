// purpose: which ids are named by the taints that these good lines will lift.
// parameters: rows: [text], ids of lines
// read
UNWIND $rows AS by
MATCH (taint:Taint {by: by})
RETURN DISTINCT taint.id AS id
ORDER BY id
