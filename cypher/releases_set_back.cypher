// purpose: let a day be the latest one that readers have seen; a time zone's earlier one stays.
// parameters: day: integer, an ordinal
// write
MATCH (seen:SeenDay)
SET seen.locked = true // others wait from here on, and what is read below is what stays
WITH seen WHERE seen.day > $day
SET seen.day = $day
