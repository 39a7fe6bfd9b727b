"""A small release, and how a test makes an agreement have it."""

from graph.release import Content, Release
from graph.release_store import Change, Releases
from tests.store_contract import (
    COUNTY,
    NDEX,
    case,
    content,
    document,
    header,
    subject,
    tie,
)

NOTHING = Content()
SMALL = content(
    case("c1", title="Freight"),
    document("d1", narrative="Doe met Roe."),
    subject("s1"),
    tie("k1", "c1", "d1"),
    tie("k2", "d1", "s1", "MENTIONS", sources=["d1"]),
)


def publish(releases: Releases, new: Content, agreement: str = NDEX) -> Release:
    """Make an agreement's release this content; tells what must be read."""
    old = releases.read(NDEX if agreement == NDEX else COUNTY)
    stated = header(new, NDEX if agreement == NDEX else COUNTY)
    releases.apply(stated, Change.between(NOTHING if old is None else old.content, new))
    return Release(stated, new)
