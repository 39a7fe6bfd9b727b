"""A file is written whole or not at all: half of one would read like a smaller result."""

import os
from pathlib import Path

from graph.errors import StoreLocked


def write_whole(path: Path, text: bytes) -> None:
    """Write the file. Raises StoreLocked where it cannot be written, and leaves what was there."""
    whole = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        whole.write_bytes(text)
        whole.replace(path)
    except OSError as error:
        whole.unlink(missing_ok=True)
        raise StoreLocked(
            f"{path}: cannot be written ({error.strerror}); check the folder and its rights"
        ) from error
