"""The View that a partner has, for an officer to look through: the published release, less what he may not know of.

A View is kept while its release, and what the officer may know of, are as they were. It follows the store at each
look, and keeps no lease: it is no partner that would have to be told of a withdrawal, and each look asks first.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from weakref import ReferenceType, ref

from graph.keys import total, version
from graph.model import AgreementId
from graph.office.audience import Audience
from graph.office.cut_release import cut_release
from graph.office.seen_publications import seen_publications
from graph.office.survey import Survey
from graph.release import Content, Release
from graph.release_store import ReleaseReader
from graph.view import View
from schema.office.archive import Archive

_MOST: Final = 8
"""How many Views are kept: each is as large as its release."""

_NEVER: Final = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class _Kept:
    """seen: what the officer may know of; None: all. Held weakly, as it is as large as the holdings."""

    stamp: tuple[str, str]
    seen: "ReferenceType[Survey] | None"
    view: View

    def is_for(self, stamp: tuple[str, str], audience: Audience) -> bool:
        """Whether the release, and what the officer may know of, are as they were."""
        seen = None if self.seen is None else self.seen()
        return (
            self.stamp == stamp
            and (self.seen is None) == audience.sees_all
            and (audience.sees_all or seen is audience.seen)
        )


class Previews:
    """releases: asked at each look. version_key: names what is left of a release for a reader."""

    def __init__(self, releases: ReleaseReader, archive: Archive, version_key: bytes) -> None:
        self._releases = releases
        self._archive = archive
        self._version_key = version_key
        self._lock = threading.Lock()
        self._kept: dict[tuple[AgreementId, int], _Kept] = {}

    def view(self, agreement: AgreementId, audience: Audience, hidden: int) -> View | None:
        """What the partner has now; None where nothing is published. hidden: the categories kept from the officer."""
        header = self._releases.header(agreement)
        if header is None:
            self._forget(agreement)
            return None
        stamp, place = (header.version, header.published_at), (agreement, hidden)
        with self._lock:
            kept = self._kept.pop(place, None)
            if kept is None or not kept.is_for(stamp, audience):
                kept = self._made(stamp, agreement, audience)
            if kept is None:
                return None
            self._kept[place] = kept  # the last of them was looked at last
            while len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
            return kept.view

    def _made(self, stamp: tuple[str, str], agreement: AgreementId, audience: Audience) -> _Kept | None:
        release = self._releases.read(agreement)
        if release is None:
            return None
        seen = None if audience.sees_all else ref(audience.seen)
        return _Kept(stamp, seen, View(self._cut(release, audience)))

    def _forget(self, agreement: AgreementId) -> None:
        with self._lock:
            for place in [place for place in self._kept if place[0] == agreement]:
                del self._kept[place]

    def _cut(self, release: Release, audience: Audience) -> Release:
        if audience.sees_all:
            return release
        agreement = release.header.agreement
        seen = self._archive.names(agreement, audience.seen).keys()
        known = seen_publications(self._archive.past(agreement), seen)
        return cut_release(release, seen, known[0].at if known else _NEVER, self._named(agreement))

    def _named(self, agreement: AgreementId) -> Callable[[Content, tuple[str, ...]], tuple[str, str]]:
        def named(content: Content, supporting: tuple[str, ...]) -> tuple[str, str]:
            summed = total(content, self._version_key)
            return version(agreement, summed, supporting, self._version_key), f"{summed:064x}"

        return named
