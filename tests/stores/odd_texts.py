"""Texts that a store has to keep as they are, whatever they mean to its language or to a terminal."""

ODD_TEXTS = [
    " ",
    "C 1",
    "Ünïcödé-日本-🙂-e\u0301",
    "é",
    "'",
    '"',
    "`",
    "back`tick``s",
    "new\nline\r\ttab",
    "\\",
    "a\0b",
    "\u2028\ufeff\u200d",
    "$rows",
    "}) DETACH DELETE n //",
    "'; DROP TABLE entry; --",
    "null",
    "0",
    "long " * 400,
]
