// purpose: the taints that a good line lifts are found by the id of that line.
// parameters: none
// schema
CREATE INDEX taint_by IF NOT EXISTS
FOR (taint:Taint) ON (taint.by)
