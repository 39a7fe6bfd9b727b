"""Scenarios: a small graph, and everything that each agreement may see of it. Read, run, compared, told."""
