// purpose: take tokens back; of two moments for one agreement the later counts.
// parameters: rows: list of maps with kind, name and at
// write
UNWIND $rows AS row
MERGE (revoked:Revoked {kind: row.kind, name: row.name})
SET revoked.at = CASE WHEN revoked.at > row.at THEN revoked.at ELSE row.at END
