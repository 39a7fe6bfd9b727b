// purpose: put a reader, or what it has confirmed by now; tells the latest day of each time zone that readers have seen.
// parameters: name: text
//             confirmed: integer, a revision
//             lease_seconds: number
// write
MERGE (reader:Reader {name: $name})
SET reader.confirmed = $confirmed, reader.lease_seconds = $lease_seconds
WITH reader
MATCH (seen:SeenDay)
RETURN seen.zone AS zone, seen.day AS day
