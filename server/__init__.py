"""The two apps, their wiring, and the command line: the outermost layer."""
