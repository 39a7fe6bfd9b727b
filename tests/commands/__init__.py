"""The command line: each command as it is given, in this process or as a program."""
