// purpose: the databases that this user may enter; Neo4j's own, which has no data of ours, left out.
// parameters: none
// read
SHOW DATABASES YIELD name, type
WHERE type <> 'system'
RETURN name
ORDER BY name
