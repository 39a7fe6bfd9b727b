// purpose: the place of the last version that became current before a minute; nothing where there is none.
// parameters: agreement: text
//             minute: whole number
// read
MATCH (version:ReleaseVersion {agreement: $agreement})
WHERE version.place >= 0 AND version.minute < $minute
RETURN version.place AS place
ORDER BY version.place DESC LIMIT 1
