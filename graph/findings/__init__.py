"""What Data Quality finds in a record: codes, approvals, dates, links, numbers and texts to be looked at."""
