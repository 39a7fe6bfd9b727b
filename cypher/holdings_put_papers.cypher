// purpose: put papers in place of what lies under their ids in their drawers.
// parameters: rows: [{drawer, id, body, waits: the drawer again or nothing}]
// write
UNWIND $rows AS row
MERGE (paper:Paper {drawer: row.drawer, id: row.id})
SET paper.body = row.body, paper.waits = row.waits
