"""This very content: a hash of what a line says, by which it is known that a person saw what is held now.

All that stands in the line counts, unknown fields too, but not `revised`, nor the order of its keys: a file that is
written anew with another stamp says the same. A deleted entry says something else than one that is not.
"""

import hashlib
import json
from typing import Any, Final

from graph.model import Entry

NEVER_HELD: Final = "never held"
_BYTES: Final = 16


def content_of(entry: Entry | None) -> str:
    """The fingerprint of what is held under an id; None: nothing is.

    >>> from graph.model import EntryId, Kind
    >>> one = Entry(EntryId("C-1"), Kind.CASE, b'{"kind": "case", "id": "C-1", "revised": "2004-02-02T09:30:00Z"}')
    >>> other = Entry(EntryId("C-1"), Kind.CASE, b'{"id": "C-1", "kind": "case"}')
    >>> content_of(one) == content_of(other), content_of(None)
    (True, 'never held')
    """
    if entry is None:
        return NEVER_HELD
    told = f"{entry.kind} {entry.deleted:d} {_said(entry.line)}"
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


class _Number(str):
    """A number as it is written, so that none is rounded; told apart from a text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{self!s}>"


def _said(line: bytes) -> str:
    try:
        said = json.loads(line, parse_int=_Number, parse_float=_Number)
        said.pop("revised", None)
        return repr(_ordered(said))
    except RecursionError:  # nested more deeply than is worth comparing
        return repr(line)


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    return [_ordered(member) for member in value] if isinstance(value, list) else value
