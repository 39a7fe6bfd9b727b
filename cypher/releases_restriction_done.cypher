// purpose: what was announced is done.
// parameters: none
// write
MATCH (restriction:Restriction {one: 1})
DELETE restriction
