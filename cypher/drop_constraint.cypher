// purpose: take a constraint away, and the index that it has.
// parameters: name: text, with the home's id
// write
DROP CONSTRAINT $name IF EXISTS
