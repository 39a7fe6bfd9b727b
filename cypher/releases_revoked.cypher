// purpose: every token that was taken back, by its id or with all of an agreement.
// parameters: none
// read
MATCH (revoked:Revoked)
RETURN revoked.kind AS kind, revoked.name AS name, revoked.at AS at
ORDER BY kind, name
