// purpose: put a reader, or what it has confirmed by now.
// parameters: name: text
//             confirmed: integer, a revision
//             lease_seconds: number
// write
MERGE (reader:Reader {name: $name})
SET reader.confirmed = $confirmed, reader.lease_seconds = $lease_seconds
