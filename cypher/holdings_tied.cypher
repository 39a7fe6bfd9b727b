// purpose: the ids of the links at these records, as they are drawn now.
// parameters: rows: [text], ids of records
// read
UNWIND $rows AS end
MATCH (:Held {id: end})-[tie]-()
RETURN DISTINCT end, tie.id AS id
ORDER BY end, id
