// purpose: the papers of one drawer that wait for somebody.
// parameters: drawer: text
// read
MATCH (paper:Paper {waits: $drawer})
RETURN paper.drawer AS drawer, paper.id AS id, paper.body AS body, true AS waits
ORDER BY id
