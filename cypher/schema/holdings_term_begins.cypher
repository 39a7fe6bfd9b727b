// purpose: terms are found by their beginning.
// parameters: none
// schema
CREATE INDEX term_begins IF NOT EXISTS
FOR (term:Term) ON (term.term)
