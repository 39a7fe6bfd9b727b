// purpose: a reader is enrolled once, and is found by its name.
// parameters: none
// schema
CREATE CONSTRAINT reader_name IF NOT EXISTS
FOR (reader:Reader) REQUIRE reader.name IS UNIQUE
