"""Officers at the desk: what they do in memory, over every store, killed half way, and whatever the order."""
