// purpose: every reader, and what it has confirmed.
// parameters: none
// read
MATCH (reader:Reader)
RETURN reader.name AS name, reader.confirmed AS confirmed, reader.lease_seconds AS lease_seconds
ORDER BY name
