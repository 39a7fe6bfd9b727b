"""What an agreement's release is to be: judged and shown, of the whole holdings.

`graph/redraw.py` makes the same of a region, as a part of a release. Nothing is written here.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from graph.agreement import Agreement
from graph.content import Showing
from graph.drawn_records import DrawnRecords
from graph.judge import Judgement, judge, next_change
from graph.keys import ReleaseKeys, naming, total_of
from graph.linkage import Linkage
from graph.meet import NOWHERE, Elsewhere
from graph.model import AgreementId, Entry, EntryId, OpaqueId
from graph.policy import Policy
from graph.record_showing import Naming
from graph.release import Content, encode
from graph.shared import Shared
from graph.stated import Stated
from graph.store import Holdings, TwoReaders
from graph.whole import Whole

_LOOK_AFTER: Final = 1_000
"""So many are shown here before it is looked what has been shown beside."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is judged. day: an ordinal. minute: UTC, as `publishedAt` shows it.

    timezone: the home's. clock_is_set: a test home's day, which readers are not to hold against today's.
    """

    day: int
    minute: str
    timezone: str
    clock_is_set: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The policy and every agreement on file, as they were read."""

    policy: Policy
    agreements: Mapping[AgreementId, Agreement]


@dataclass(frozen=True, slots=True)
class Rest:
    """What a release has beyond the part of it that is drawn: the keyed sum over it, and how much; links by type."""

    total: int = 0
    records: int = 0
    links: int = 0
    types: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an agreement's release is to be, or the part of it that may change.

    drawn: its elements. judgement: of what was judged for it. boundary: when time alone changes it; None where the
    clock is set. withheld: how many of all records each reason withholds. names: the holdings' ids of the elements.
    rest, elsewhere: what there is beyond the part; nothing of the whole.
    """

    agreement: Agreement
    drawn: Content | Whole
    judgement: Judgement
    boundary: int | None
    withheld: Mapping[str, int]
    names: Callable[[], Mapping[OpaqueId, EntryId]]
    rest: Rest = field(default_factory=Rest)
    elsewhere: Elsewhere = NOWHERE

    def beside(self, old: Content) -> Content:
        """Its elements as objects, to be compared with those of an old content."""
        return self.drawn if isinstance(self.drawn, Content) else self.drawn.beside(old)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A judgement, and when time alone changes it."""

    judgement: Judgement
    boundary: int | None


def drafts(
    holdings: Holdings,
    stated: Stated,
    rules: Rules,
    keys: ReleaseKeys,
    moment: Moment,
    two: TwoReaders | None = None,
) -> dict[AgreementId, Draft]:
    """The release of every agreement on file, judged and shown. stated: what was gathered of all that is held.

    The holdings are never kept whole: links were read once, and what they state was kept; all else is read anew, by
    two where there are two.
    """
    policy = rules.policy
    judged = _judged(stated.linkage, rules, moment)
    showings = [
        Showing.of(judged[id].judgement, policy, agreement, naming(keys, id))
        for id, agreement in rules.agreements.items()
    ]
    if two is not None:
        two.show(showings)
    links = [showing.all_links(stated) for showing in showings]
    if two is None:
        wholes = [*map(Whole, _shown(holdings, showings), links)]
    else:
        totals = [total_of(some.bodies(), keys.version) for some in links]  # while the other shows records
        wholes = [*map(Whole, _shown_by_two(two, showings), links, totals)]
    return {
        showing.agreement.id: _draft(judged[showing.agreement.id], showing, whole)
        for showing, whole in zip(showings, wholes, strict=True)
    }


def _shown(holdings: Holdings, showings: Sequence[Showing]) -> list[DrawnRecords]:
    shown = [DrawnRecords() for _ in showings]
    for entry in holdings.all_but_links():
        _show(entry, showings, shown)
    return shown


def _shown_by_two(two: TwoReaders, showings: Sequence[Showing]) -> list[DrawnRecords]:
    """The other shows from the first one on, and this one from the last one on, until there is nothing between them."""
    shown = [DrawnRecords() for _ in showings]
    for place, entry in enumerate(two.from_the_end()):
        if place % _LOOK_AFTER == 0:
            for come in two.shown():
                for records, bodies in zip(shown, come, strict=True):
                    records.bodies.update(bodies)
            if all(
                len(records) == len(showing.records) for records, showing in zip(shown, showings, strict=True)
            ):
                break
        _show(entry, showings, shown)
    return shown


def _show(entry: Entry, showings: Sequence[Showing], shown: Sequence[DrawnRecords]) -> None:
    for showing, records in zip(showings, shown, strict=True):
        record = showing.released(entry)
        if record is not None:
            records.bodies[record.id] = encode(record)


def _judged(linkage: Linkage, rules: Rules, moment: Moment) -> dict[AgreementId, _Judged]:
    """Under every agreement. What the judgements share is large, and let go of before anything is shown."""
    policy, judged = rules.policy, {}
    shared = Shared.of(linkage, policy)
    for id, agreement in rules.agreements.items():
        judgement = judge(linkage, policy, agreement, moment.day, shared)
        judged[id] = _Judged(judgement, _boundary(judgement, policy, agreement, moment, shared))
    return judged


def _draft(judged: _Judged, showing: Showing, drawn: Whole) -> Draft:
    judgement = judged.judgement
    return Draft(
        showing.agreement,
        drawn,
        judgement,
        judged.boundary,
        judgement.withheld_by_reason(showing.policy),
        partial(_names, judgement, showing.name),
    )


def _names(judgement: Judgement, name: Naming) -> dict[OpaqueId, EntryId]:
    """Of a judgement and not of its showing, whose sets of ids are let go of before anything is written."""
    return {name(id): id for id in (*judgement.released_ids(), *judgement.released_link_ids())}


def _boundary(
    judgement: Judgement, policy: Policy, agreement: Agreement, moment: Moment, shared: Shared
) -> int | None:
    """No reader holds a day that was set against its own, so there is none to be found: each costs a judgement."""
    return None if moment.clock_is_set else next_change(judgement, policy, agreement, moment.day, shared)
