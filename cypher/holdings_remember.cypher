// purpose: keep texts under names.
// parameters: rows: [{name, text}]
// write
UNWIND $rows AS row
MERGE (memory:Memory {name: row.name})
SET memory.text = row.text
