"""Both stores, SQLite and Neo4j: the contract that each keeps, and what is of one of them alone."""
