"""The explorer as a person uses it, in a real browser: a partner's analyst, and an officer."""
