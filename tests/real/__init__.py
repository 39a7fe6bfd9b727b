"""Tests on real files, which are not in this repository: `make test-real DATA=DIR` names the folder that has them."""
