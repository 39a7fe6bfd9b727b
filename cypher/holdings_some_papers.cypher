// purpose: the papers of these ids in one drawer.
// parameters: drawer: text
//             rows: [text], ids
// read
UNWIND $rows AS id
MATCH (paper:Paper {drawer: $drawer, id: id})
RETURN paper.drawer AS drawer, paper.id AS id, paper.body AS body, paper.waits IS NOT NULL AS waits
ORDER BY id
