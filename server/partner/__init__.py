"""The partner app: questions are answered from releases that it holds, and from nothing else.

It reaches nothing of the office, and no holdings."""
