"""What all tests may ask for: the two real Neo4j servers and a browser, each started by the first test that asks."""

pytest_plugins = ["tests.neo4j_server.pytest_plugin", "tests.browsing", "tests.looking_over"]
