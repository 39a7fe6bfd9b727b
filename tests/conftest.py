"""What all tests may ask for: the two real Neo4j servers, each started by the first test that asks for it."""

pytest_plugins = ["tests.neo4j_server.pytest_plugin"]
