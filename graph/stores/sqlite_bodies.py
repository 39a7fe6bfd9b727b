"""What is kept of some records or links of one release, found by their ids."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final, Literal

from graph.model import AgreementId, OpaqueId

_ASKED_AT_ONCE: Final = 500
"""A statement may have some thousands of parameters, and is compiled anew for each number of them."""


def bodies(
    connection: sqlite3.Connection,
    table: Literal["record", "link"],
    agreement: AgreementId,
    ids: Sequence[OpaqueId],
) -> Iterator[bytes]:
    """The body of each of the ids that the release has; no order may be assumed."""
    for start in range(0, len(ids), _ASKED_AT_ONCE):
        some = ids[start : start + _ASKED_AT_ONCE]
        places = ",".join("?" * len(some))
        asked = f"SELECT body FROM {table} WHERE agreement = ? AND id IN ({places})"
        yield from (body for (body,) in connection.execute(asked, (agreement, *some)))
