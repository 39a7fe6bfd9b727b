// purpose: the papers that wait are found by their drawer; the others are not in this index.
// parameters: none
// schema
CREATE INDEX paper_waits IF NOT EXISTS
FOR (paper:Paper) ON (paper.waits)
