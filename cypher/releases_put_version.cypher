// purpose: note a version of a release.
// parameters: agreement: text
//             place: whole number
//             name: text
//             minute: whole number
//             key: text
// write
CREATE (:ReleaseVersion {agreement: $agreement, place: $place, name: $name, minute: $minute, key: $key})
