// purpose: put links whose ids have no node yet. What most lines of a load are; labels that are written here and not
//          in the rows make it a fifth faster.
// parameters: rows: [{id, kind, line, …}]
// write
UNWIND $rows AS row
CREATE (entry:Held:Link)
SET entry = row
