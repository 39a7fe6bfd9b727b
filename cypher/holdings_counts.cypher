// purpose: how many entries of each kind are held, deleted ones left out; from Neo4j's own counts, without a scan.
// parameters: none
// read
CALL () {
    RETURN 'case' AS kind, COUNT { (:Case) } AS held
    UNION ALL RETURN 'document' AS kind, COUNT { (:Document) } AS held
    UNION ALL RETURN 'subject' AS kind, COUNT { (:Subject) } AS held
    UNION ALL RETURN 'link' AS kind, COUNT { (:Link) } AS held
    UNION ALL RETURN 'clearance' AS kind, COUNT { (:Clearance) } AS held
    UNION ALL RETURN 'consent' AS kind, COUNT { (:Consent) } AS held
    UNION ALL MATCH (entry:Held {deleted: true}) RETURN entry.kind AS kind, -count(*) AS held
}
RETURN kind, sum(held) AS held
ORDER BY kind
