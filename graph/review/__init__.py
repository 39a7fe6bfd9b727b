"""Review without end: when each record is to be looked at again, in which order, and what persons have said of it."""
