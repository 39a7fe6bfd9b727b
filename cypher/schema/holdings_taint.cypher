// purpose: a taint stands once; the taints of an id are found by it.
// parameters: none
// schema
CREATE CONSTRAINT taint_id_by IF NOT EXISTS
FOR (taint:Taint) REQUIRE (taint.id, taint.by) IS UNIQUE
