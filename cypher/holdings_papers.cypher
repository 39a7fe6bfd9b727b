// purpose: every paper. In no order: they are only copied, or looked at one by one.
// parameters: none
// read
MATCH (paper:Paper)
RETURN paper.drawer AS drawer, paper.id AS id, paper.body AS body, paper.waits IS NOT NULL AS waits
