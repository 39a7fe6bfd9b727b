"""Who was told what: the logs of answers and acts, in which each line has the hash of the one before it."""
