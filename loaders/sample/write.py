"""Writes the demo holdings as JSON Lines: UTF-8, one object a line, fields in a fixed order."""

import json
from pathlib import Path

from loaders.sample.holdings import sample_lines


def write_sample(path: Path, cases: int = 2_000, seed: int = 2009) -> int:
    """Writes the demo holdings of this many cases to a file, replacing it; gives the number of lines.

    Raises ValueError as `sample_lines` does, before the file is touched, and OSError where it cannot be written.
    """
    lines = sample_lines(cases, seed)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    written = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            file.write(encode(line) + "\n")
            written += 1
    return written
