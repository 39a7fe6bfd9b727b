// purpose: what was last remembered under a name.
// parameters: name: text
// read
MATCH (memory:Memory {name: $name})
RETURN memory.text AS text
