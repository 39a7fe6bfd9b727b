// purpose: take an index away.
// parameters: name: text, with the home's id
// write
DROP INDEX $name IF EXISTS
