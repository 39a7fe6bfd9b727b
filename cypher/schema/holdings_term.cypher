// purpose: an id stands once under a term.
// parameters: none
// schema
CREATE CONSTRAINT term_and_id IF NOT EXISTS
FOR (term:Term) REQUIRE (term.term, term.id) IS UNIQUE
