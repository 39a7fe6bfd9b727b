// purpose: a reader begins no answer any more.
// parameters: name: text
// write
MATCH (reader:Reader {name: $name})
DELETE reader
