// purpose: the version of a release that was noted last: its place, its name, and by which key it is marked.
// parameters: agreement: text
// read
MATCH (version:ReleaseVersion {agreement: $agreement})
WHERE version.place >= 0
RETURN version.place AS place, version.name AS name, version.minute AS minute, version.key AS key
ORDER BY version.place DESC LIMIT 1
