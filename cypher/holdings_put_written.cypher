// purpose: note which ids were written lately.
// parameters: text: text
// write
MATCH (holdings:Holdings {name: 'holdings'})
SET holdings.written = $text
