// purpose: give the account of all that is kept; none takes it away, so that nothing that is kept counts.
// parameters: text: text or nothing
// write
MATCH (holdings:Holdings {name: 'holdings'})
SET holdings.account = $text
