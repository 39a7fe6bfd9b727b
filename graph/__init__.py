"""The domain: records and links, the rules R1 to R14, releases, and the stores behind one protocol."""
