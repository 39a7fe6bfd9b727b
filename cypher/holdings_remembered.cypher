// purpose: everything that is remembered.
// parameters: none
// read
MATCH (memory:Memory)
WHERE memory.name >= ''
RETURN memory.name AS name, memory.text AS text
ORDER BY name
