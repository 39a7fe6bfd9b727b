"""Readers of the files that holdings come in: one module a format."""
