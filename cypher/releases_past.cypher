// purpose: the versions of a release that are known, with all that is noted of each, by place.
// parameters: agreement: text
// read
MATCH (version:ReleaseVersion {agreement: $agreement})
WHERE version.place >= 0
RETURN version.place AS place, version.name AS name, version.minute AS minute, version.key AS key
ORDER BY version.place
