// purpose: an id has one paper in a drawer.
// parameters: none
// schema
CREATE CONSTRAINT paper_drawer_id IF NOT EXISTS
FOR (paper:Paper) REQUIRE (paper.drawer, paper.id) IS UNIQUE
