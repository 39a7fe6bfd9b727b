"""The engine asked like the specification: lines in, the release in the form of `tests/contract/expected` out.

The lines go the whole way: checked, taken, gathered, judged, shown, and exported.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import orjson

from graph.agreement import agreement_of
from graph.content import Showing
from graph.gather import gather
from graph.judge import Judgement, judge
from graph.linkage import NEVER_LOADED
from graph.model import EntryId, OpaqueId
from graph.numbers import Patterns
from graph.policy import Policy
from graph.policy_file import policy_of
from graph.release import Content, ReleasedSubject, encode
from graph.scope import Out
from graph.store import Batch, Taint
from loaders.drawn import Drawn, Place, Rejected
from loaders.load import Loading
from tests.memory_holdings import MemoryHoldings

Line = Mapping[str, Any]


@dataclass(frozen=True)
class LinesInMemory:
    """A format that draws what it was given."""

    lines: Sequence[Line]

    def draw(self) -> Iterator[Drawn | Rejected]:
        for number, line in enumerate(self.lines, start=1):
            yield Drawn(Place("lines", number), orjson.dumps(line))

    def size(self) -> int:
        return 0

    def position(self) -> int:
        return 0


class NoRejects:
    """For lines none of which is to be rejected."""

    def write(self, rejected: Sequence[Rejected]) -> None:
        assert list(rejected) == []


def holdings_of(lines: Sequence[Line], patterns: Patterns, tainted: Collection[str] = ()) -> MemoryHoldings:
    """The lines, loaded; and ids that rejected lines named."""
    holdings = MemoryHoldings()
    Loading("lines", LinesInMemory(lines), holdings, patterns, NoRejects(), lambda _: None).run()
    holdings.take(Batch(taints=[Taint(EntryId(id), "file:rejected") for id in tainted]))
    return holdings


@dataclass(frozen=True)
class Answer:
    """What the engine says of one question."""

    policy: Policy
    judgement: Judgement
    content: Content

    def release(self) -> dict[str, Any]:
        """In the form of the worked example's expected files."""
        records = {str(id): _plain(orjson.loads(encode(r))) for id, r in sorted(self.content.records.items())}
        links = {str(id): orjson.loads(encode(link)) for id, link in sorted(self.content.links.items())}
        values = [
            [str(r.id), value.name, value.value, list(value.sources)]
            for r in self.content.records.values()
            if isinstance(r, ReleasedSubject)
            for value in r.properties
        ]
        texts = ("title", "synopsis", "narrative")
        return {
            "records": sorted(records),
            "links": sorted(links),
            "properties": sorted(value[:3] for value in values),
            "texts": {id: {k: v for k, v in fields.items() if k in texts} for id, fields in records.items()},
            "fields": records,
            "link_fields": {
                id: {"sources": []} | {k: v for k, v in link.items() if k != "id"}
                for id, link in links.items()
            },
            "property_sources": sorted(values),
        }

    def causes(self) -> dict[str, set[str]]:
        """For each held record the reasons why it is withheld."""
        nodes = self.judgement.linkage.nodes
        return {
            str(nodes.ids[node]): set(self.policy.names_of(int(self.judgement.categories[node])))
            | {str(way.name).lower() for way in Out if self.judgement.out[node] & way}
            for node in np.flatnonzero(nodes.kind != NEVER_LOADED)
        }


def ask(
    lines: Sequence[Line], policy: Line, agreement: Line, today: date, tainted: Collection[str] = ()
) -> Answer:
    """The engine's answer to the question that `tests.specification.release` is asked."""
    read = policy_of(policy)
    mou = agreement_of(agreement, read, "agreement.toml")
    holdings = holdings_of(lines, read.patterns, tainted)
    judgement = judge(gather(holdings.entries(), read), read, mou, today.toordinal())
    showing, content = Showing.of(judgement, read, mou, OpaqueId), Content()
    for entry in holdings.entries():
        showing.add(entry, content)
    return Answer(read, judgement, content)


def _plain(shown: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shown.items() if name not in ("id", "kind", "properties")}
