"""Every Cypher statement, one a file. Each opens with its purpose, its parameters, and whether it reads or writes.

`graph.stores.statements` loads and checks them; nothing else makes Cypher. `schema/` has the constraints and indexes.
"""
