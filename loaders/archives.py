"""Where tables are: a file, a folder of CSV files, or a zip of them, read as a stream and never unpacked to the disk.

In a folder (with the folders in it) and in a zip only names that end in `.csv` are tables; the order is that of the
names, so that it is the same on every machine. What cannot be read is Unreadable, whatever it fails with.
"""

import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Final, cast

from graph.errors import Unreadable

_BUFFER: Final = 256 * 1024
_ENCRYPTED: Final = 0x1


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file. name: as a person is told it (inside a zip: its name there). size: in bytes, unpacked."""

    name: str
    size: int
    open: Callable[[], BinaryIO]


@contextmanager
def table_files(path: Path, ignored: Sequence[str]) -> Iterator[list[TableFile]]:
    """The tables at a path. ignored: patterns of names to pass over. Raises Unreadable, also where a table fails."""
    try:
        if path.is_dir():
            yield _some(path, _in_folder(path, ignored))
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                yield _some(path, _in_zip(path, archive, ignored))
        else:
            yield [TableFile(str(path), path.stat().st_size, lambda: path.open("rb", buffering=_BUFFER))]
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        raise Unreadable(f"{path}: cannot be read ({reason}); check the path and its rights") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError) as error:
        # The last is what zipfile says of a compression that it does not know.
        raise Unreadable(
            f"{path}: the zip is damaged or of an unknown make ({error}); make it anew"
        ) from error


def _some(path: Path, files: list[TableFile]) -> list[TableFile]:
    if not files:
        raise Unreadable(
            f"{path}: there is no .csv file in it that the mapping does not ignore; check the path"
        )
    return files


def _in_folder(folder: Path, ignored: Sequence[str]) -> list[TableFile]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and _is_table(path.name, ignored))
    return [TableFile(str(path), path.stat().st_size, _opening(path)) for path in paths]


def _opening(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb", buffering=_BUFFER)


def _in_zip(path: Path, archive: zipfile.ZipFile, ignored: Sequence[str]) -> list[TableFile]:
    members = sorted(
        (
            info
            for info in archive.infolist()
            if not info.is_dir() and _is_table(Path(info.filename).name, ignored)
        ),
        key=lambda info: info.filename,
    )
    for info in members:
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable(f"{path}: {info.filename} in it asks for a password; make the zip without one")
    return [TableFile(info.filename, info.file_size, _unzipping(archive, info)) for info in members]


def _unzipping(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    # The buffer reads lines in C; the zip's own reader would read a limited line byte by byte.
    return lambda: cast(BinaryIO, BufferedReader(archive.open(info), _BUFFER))


def _is_table(name: str, ignored: Sequence[str]) -> bool:
    return name.lower().endswith(".csv") and not any(fnmatchcase(name, pattern) for pattern in ignored)
