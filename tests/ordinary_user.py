"""A folder of a user who may not do everything: what is read-only is so for root alone in name."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_NOBODY: Final = 65534


@contextmanager
def as_ordinary_user() -> Iterator[Path]:
    """While this lasts, files are used with an ordinary user's rights; the folder is empty and that user's."""
    folder = Path(tempfile.mkdtemp(prefix="caselink-"))
    is_root = os.geteuid() == 0
    try:
        if is_root:
            os.chown(folder, _NOBODY, _NOBODY)
            os.seteuid(_NOBODY)
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)
