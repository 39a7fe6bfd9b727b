"""What an agreement's release is to be: judged and shown, of the whole holdings.

`graph/redraw.py` makes the same of a region, as a part of a release. Nothing is written here.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from graph.agreement import Agreement
from graph.content import Naming, Showing
from graph.gather import gather
from graph.judge import Judgement, judge, next_change
from graph.keys import ReleaseKeys, naming
from graph.meet import NOWHERE, Elsewhere
from graph.model import AgreementId, EntryId, OpaqueId
from graph.policy import Policy
from graph.release import Content
from graph.shared import Shared
from graph.store import Holdings


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

    judgement: of what was judged for it. boundary: when time alone changes it; None where the clock is set. withheld:
    how many of all records each reason withholds. names: the holdings' ids of the elements. rest, elsewhere: what
    there is beyond the part; nothing of the whole.
    """

    agreement: Agreement
    content: Content
    judgement: Judgement
    boundary: int | None
    withheld: Mapping[str, int]
    names: Callable[[], Mapping[OpaqueId, EntryId]]
    rest: Rest = field(default_factory=Rest)
    elsewhere: Elsewhere = NOWHERE


def drafts(holdings: Holdings, rules: Rules, keys: ReleaseKeys, moment: Moment) -> dict[AgreementId, Draft]:
    """The release of every agreement on file, judged and shown. The holdings are read twice and never kept whole."""
    policy = rules.policy
    linkage = gather(holdings.entries(), policy)
    shared = Shared.of(linkage, policy)
    judged = {
        id: judge(linkage, policy, agreement, moment.day, shared)
        for id, agreement in rules.agreements.items()
    }
    showings = [
        (Showing.of(judged[id], policy, agreement, naming(keys, id)), Content())
        for id, agreement in rules.agreements.items()
    ]
    for entry in holdings.entries():
        for showing, content in showings:
            showing.add(entry, content)
    return {
        showing.agreement.id: Draft(
            showing.agreement,
            content,
            judged[showing.agreement.id],
            _boundary(judged[showing.agreement.id], policy, showing.agreement, moment, shared),
            judged[showing.agreement.id].withheld_by_reason(policy),
            partial(_names, judged[showing.agreement.id], showing.name),
        )
        for showing, content in showings
    }


def _names(judgement: Judgement, name: Naming) -> dict[OpaqueId, EntryId]:
    """Of a judgement and not of its showing, whose sets of ids are let go of before anything is written."""
    return {name(id): id for id in (*judgement.released_ids(), *judgement.released_link_ids())}


def _boundary(
    judgement: Judgement, policy: Policy, agreement: Agreement, moment: Moment, shared: Shared
) -> int | None:
    """No reader holds a day that was set against its own, so there is none to be found: each costs a judgement."""
    return None if moment.clock_is_set else next_change(judgement, policy, agreement, moment.day, shared)
