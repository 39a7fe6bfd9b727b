// purpose: a release is no more, from here on; what it had is swept away afterwards.
// parameters: agreement: text
// write
MATCH (release:Release {agreement: $agreement})
DELETE release
