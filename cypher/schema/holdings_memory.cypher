// purpose: what is remembered under a name is one text.
// parameters: none
// schema
CREATE CONSTRAINT memory_name IF NOT EXISTS
FOR (memory:Memory) REQUIRE memory.name IS UNIQUE
