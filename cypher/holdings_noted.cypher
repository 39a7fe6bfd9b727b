// purpose: how many ids were noted; from Neo4j's own counts.
// parameters: none
// read
RETURN COUNT { (:Before) } AS noted
