"""What a released record or link shows: R8's role and dates, and of records what `graph/record_showing.py` shows.

It is given the judgement and never makes one: a record that is not released is not shown to it.
"""

from dataclasses import dataclass, field
from functools import cached_property
from sys import intern
from typing import Final

import numpy as np

from graph.agreement import Agreement
from graph.days import real_period
from graph.drawn_links import DrawnLinks, draw, names_of
from graph.judge import Judgement
from graph.linkage import KIND_BITS
from graph.model import Entry, EntryId, Kind, Link
from graph.policy import Policy
from graph.reading import read_link
from graph.record_showing import Naming, RecordShowing
from graph.release import Content, ReleasedLink
from graph.stated import NOTHING, Saying, Stated

_NO_SOURCES: Final = frozenset[EntryId]()


def shown_numbers(released: frozenset[str], policy: Policy) -> frozenset[str]:
    """R10: the released numbers that are not themselves masked: every head of them is a released number too."""
    return frozenset(number for number in released if released.issuperset(policy.patterns.heads(number)))


@dataclass(frozen=True)
class Showing(RecordShowing):
    """How one agreement is shown what was released to it by a judgement."""

    judgement: Judgement = field(kw_only=True)

    @classmethod
    def of(cls, judgement: Judgement, policy: Policy, agreement: Agreement, name: Naming) -> "Showing":
        """The showing of a judgement."""
        nodes = judgement.linkage.nodes
        documents = np.flatnonzero(judgement.released & (nodes.kind == KIND_BITS[Kind.DOCUMENT]))
        return cls(
            policy,
            agreement,
            name,
            records=judgement.released_ids(),
            documents=frozenset(nodes.ids[node] for node in documents),
            numbers=shown_numbers(judgement.released_numbers(), policy),
            judgement=judgement,
        )

    @cached_property
    def links(self) -> frozenset[EntryId]:
        """The ids of the released links; made only where they are asked about one by one."""
        return self.judgement.released_link_ids()

    def add(self, entry: Entry, content: Content) -> None:
        """Show an entry if it is released."""
        record = self.released(entry)
        if record is not None:
            content.records[record.id] = record
        elif entry.id in self.links:
            link = self.link(read_link(entry))
            content.links[link.id] = link

    def all_links(self, stated: Stated) -> DrawnLinks:
        """The released links of the whole that was gathered, without their lines."""
        nodes = self.judgement.linkage.nodes
        released = self.judgement.released
        return draw(
            stated,
            self.judgement.links,
            self.name,
            names_of(nodes.ids, released, self._named),
            released & (nodes.kind == KIND_BITS[Kind.DOCUMENT]),
            [self._saying(*saying) for saying in stated.sayings],
            list(self.policy.links),
        )

    def link(self, link: Link) -> ReleasedLink:
        """A released link. Its role and dates are shown only if all its sources are released (R8)."""
        stated = frozenset(map(EntryId, link.sources)) if link.sources else _NO_SOURCES
        released = stated & self.documents if stated else stated
        whole = len(released) == len(stated)
        role, since, until = self._saying(link.role, link.since, link.until) if whole else NOTHING
        return ReleasedLink(
            id=self.name(link.id),
            type=intern(link.type or ""),
            head=self._named(link.head),
            tail=self._named(link.tail),
            role=role,
            since=since,
            until=until,
            sources=self._sources(released) if released else (),
        )

    def _saying(self, role: str | None, since: str | None, until: str | None) -> Saying:
        """What is shown of what a link says."""
        return (
            self._kept("link.role", self._coded("link_role", role)) if role else None,
            self._kept("link.since", real_period(since)) if since else None,
            self._kept("link.until", real_period(until)) if until else None,
        )
