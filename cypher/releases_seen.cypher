// purpose: the latest day of each time zone that readers have seen.
// parameters: none
// read
MATCH (seen:SeenDay)
RETURN seen.zone AS zone, seen.day AS day
