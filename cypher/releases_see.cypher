// purpose: keep the days that a reader has seen, where they are the latest of their time zone.
// parameters: rows: list of maps with zone and day, an ordinal
// write
UNWIND $rows AS row
MERGE (seen:SeenDay {zone: row.zone})
SET seen.locked = true // others wait from here on, and what is read below is what stays
WITH seen, row WHERE coalesce(seen.day, 0) < row.day
SET seen.day = row.day
