"""An agency in memory that loads lines and publishes releases, under the worked example's rules with some changes.

What its partners see is told in the holdings' ids, so that a test can compare whole sets.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from graph.agreement import Agreement, agreement_of
from graph.draft import Moment, Rules
from graph.exporting import export_lines, known_names
from graph.keys import ReleaseKeys, naming
from graph.model import AgreementId, EntryId, OpaqueId
from graph.planning import Publication
from graph.policy import Policy
from graph.policy_file import policy_of
from graph.publish import Publisher
from graph.release import Content, Header, Release
from graph.release_store import Releases
from graph.store import Holdings, StoredHoldings
from loaders.drawn import Drawn, Place, Rejected
from loaders.load import Loaded, Loading
from tests import worked_example
from tests.memory_holdings import MemoryHoldings
from tests.memory_releases import MemoryReleases
from tests.plain_lines import Made

KEYS = ReleaseKeys(naming=b"n" * 32, version=b"v" * 32)
TODAY = worked_example.TODAY
NDEX, COUNTY = AgreementId("ndex"), AgreementId("county")

Given = Made | str | bytes
"""A line as a test states it: one that is JSON, or any text."""


def policy(**changed: Any) -> Policy:
    """The worked example's policy with some keys replaced; `links` are added to its link types."""
    tables = worked_example.policy()
    links = tables["links"] | changed.pop("links", {})
    return policy_of(tables | changed | {"links": links})


def agreement(id: str = "ndex", under: Policy | None = None, **changed: Any) -> Agreement:
    """The worked example's agreement `ndex` with some keys replaced."""
    tables = worked_example.agreement("ndex") | {"id": id} | changed
    return agreement_of(tables, policy() if under is None else under, f"agreements/{id}.toml")


def rules(*agreements: Agreement, under: Policy | None = None) -> Rules:
    """A policy and agreements; without any, the worked example's `ndex`."""
    known = under or policy()
    return Rules(known, {each.id: each for each in agreements or (agreement(under=known),)})


def moment(day: date = TODAY, minute: str = "2026-11-24T09:00:00Z") -> Moment:
    """When something is judged, by a clock that nobody set."""
    return Moment(day.toordinal(), minute, "UTC", clock_is_set=False)


def as_bytes(line: Given) -> bytes:
    """A line as it stands in a file."""
    if isinstance(line, bytes):
        return line
    return line.encode() if isinstance(line, str) else orjson.dumps(line)


@dataclass(frozen=True)
class LinesGiven:
    """A format that draws what a test gives it, and then fails if it is to."""

    lines: Sequence[Given]
    failure: Exception | None = None

    def draw(self) -> Iterator[Drawn | Rejected]:
        for number, line in enumerate(self.lines, start=1):
            yield Drawn(Place("given.jsonl", number), as_bytes(line))
        if self.failure is not None:
            raise self.failure

    def size(self) -> int:
        return 0

    def position(self) -> int:
        return 0


@dataclass
class RejectsKept:
    """A rejects file in memory."""

    lines: list[Rejected] = field(default_factory=list)

    def write(self, rejected: Sequence[Rejected]) -> None:
        self.lines += rejected


def loading(holdings: Holdings, by: Rules, lines: LinesGiven, path: str, kept: RejectsKept) -> Loading:
    """A load of these lines as the file with this path."""
    return Loading(path, lines, holdings, by.policy.patterns, kept, lambda _: None)


@dataclass
class Agency:
    """Holdings, releases and rules of one agency, and the day it judges by."""

    rules: Rules = field(default_factory=rules)
    holdings: StoredHoldings = field(default_factory=MemoryHoldings)
    releases: Releases = field(default_factory=MemoryReleases)
    keys: ReleaseKeys = KEYS
    now: Moment = field(default_factory=moment)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def publisher(self) -> Publisher:
        return Publisher(self.holdings, self.releases, self.keys)

    def load(self, *lines: Given, path: str = "given.jsonl", failure: Exception | None = None) -> Loaded:
        """Load lines as the file with this path. What is rejected is in `rejected`."""
        kept = RejectsKept()
        try:
            return loading(self.holdings, self.rules, LinesGiven(lines, failure), path, kept).run()
        finally:
            self.rejected = kept.lines

    def restrict(self) -> list[Publication]:
        """Withdraw what may no longer be seen."""
        return self.publisher.restrict(self.rules, self.now)

    def publish(self, *adding: str) -> list[Publication]:
        """Publish these agreements; without any, all."""
        wanted = [AgreementId(id) for id in adding] or list(self.rules.agreements)
        return self.publisher.write(self.publisher.plan(self.rules, self.now, wanted))

    def header(self, id: str = "ndex") -> Header:
        """What a release says of itself."""
        return self._release(id).header

    def content(self, id: str = "ndex") -> Content:
        """What a release shows, with opaque ids."""
        return self._release(id).content

    def seen(self, id: str = "ndex") -> set[str]:
        """The holdings' ids of the released records and links."""
        return set(self.shown(id))

    def shown(self, id: str = "ndex") -> dict[str, dict[str, Any]]:
        """What is shown of each released record and link, by the holdings' id and in the holdings' ids."""
        lines = export_lines(self._release(id), self.names(id))
        return {str(line["id"]): line for line in lines if line["kind"] != "caveat"}

    def names(self, id: str = "ndex") -> Mapping[OpaqueId, EntryId]:
        """The holdings' id of each opaque id."""
        return known_names(self.holdings.entries(), naming(self.keys, AgreementId(id)))

    def _release(self, id: str) -> Release:
        release = self.releases.read(AgreementId(id))
        assert release is not None, f"nothing is published for {id}"
        return release
