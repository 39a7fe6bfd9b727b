"""The stores. Only the edge opens one; the domain knows the protocols of graph/store.py and graph/release_store.py."""
