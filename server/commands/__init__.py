"""The commands of the command line, one a file. Each opens what it needs, calls the domain, and prints."""
