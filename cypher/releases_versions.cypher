// purpose: the versions of a release that are known, by place.
// parameters: agreement: text
// read
MATCH (version:ReleaseVersion {agreement: $agreement})
WHERE version.place >= 0
RETURN version.place AS place, version.name AS name
ORDER BY version.place
