"""The tests: names are sentences, and whole sets are compared."""
