// purpose: take away some of the versions of a release that is no more; tells how many.
// parameters: agreement: text
//             most: whole number
// write
MATCH (version:ReleaseVersion {agreement: $agreement})
WHERE version.place >= 0
WITH version LIMIT $most
DELETE version
RETURN count(*) AS swept
