"""A count and its word, as a person says them."""


def many(count: int, word: str) -> str:
    """The count with its word, which takes an `s` in the plural.

    >>> many(1, "subject"), many(0, "link"), many(1200, "document")
    ('1 subject', '0 links', '1,200 documents')
    """
    return f"{count:,} {word}{'' if count == 1 else 's'}"
