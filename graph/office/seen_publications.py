"""The versions of one release as a reader may know of them: when each became current, and how many records it touched.

The first version that is known is told without numbers: what came before it is not kept. For who may not know of all,
a version is one only where records that he sees came or went. Its name is not told, and not what else it changed: a
record changes with its links, and they may be such as he may not know of.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from graph.history import Past, Touch, Version
from graph.model import OpaqueId

_FIRST: Final = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """One version. at: UTC, to the minute. Numbers of records; None: not known."""

    version: str | None
    at: str
    added: int | None
    updated: int | None
    withdrawn: int | None


def seen_publications(past: Past, seen: Collection[OpaqueId] | None) -> list[Seen]:
    """The versions, the latest first. seen: the ids that the reader may know of; None: all."""
    touched: dict[int, list[Touch]] = {}
    for touch in past.touches:
        if seen is None or (touch.id in seen and touch.before != touch.after):
            touched.setdefault(touch.place, []).append(touch)
    if seen is None:
        first = past.versions[0].place if past.versions else 0
        return [
            _whole(v, None if v.place == first else touched.get(v.place, ())) for v in reversed(past.versions)
        ]
    return [
        _part(version, touched.get(version.place))
        for version in reversed(past.versions)
        if version.place == _FIRST or version.place in touched
    ]


def _whole(version: Version, touches: Sequence[Touch] | None) -> Seen:
    if touches is None:
        return Seen(version.name, _at(version), None, None, None)
    ways = [(touch.before, touch.after) for touch in touches]
    return Seen(
        version.name,
        _at(version),
        ways.count((False, True)),
        ways.count((True, True)),
        ways.count((True, False)),
    )


def _part(version: Version, touches: Sequence[Touch] | None) -> Seen:
    if touches is None:
        return Seen(None, _at(version), None, None, None)
    come = sum(touch.after for touch in touches)
    return Seen(None, _at(version), come, None, len(touches) - come)


def _at(version: Version) -> str:
    return datetime.fromtimestamp(version.minute * 60, UTC).strftime("%Y-%m-%dT%H:%M:00Z")
