// purpose: what was noted: what each id that was written since the account had before; no kind: it was not held.
// parameters: none
// read
MATCH (before:Before)
WHERE before.id IS NOT NULL
RETURN before.id AS id, before.kind AS kind, before.line AS line, before.revised AS revised,
    before.deleted AS deleted, before.tainted AS tainted
ORDER BY id
