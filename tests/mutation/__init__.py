"""What mutants of the rules' code must not live through (`make mutants`); not collected by a plain `pytest`."""
