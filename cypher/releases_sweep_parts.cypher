// purpose: take away some of the parts of changes that are kept beside a release and will not be made; tells how many.
// parameters: agreement: text
//             most: whole number
// write
MATCH (part:ReleasePart {agreement: $agreement})
WHERE part.change >= '' AND part.place >= 0
WITH part LIMIT $most
DELETE part
RETURN count(*) AS swept
