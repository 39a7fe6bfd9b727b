"""What an act lets partners have and takes from them: records by agreement, and a sentence that says it.

It compares two plans of publication that were made alike, one of them with the act: so what waits for a publication
anyhow is no effect of it. Agreements that have no release yet show nobody anything, and are left out.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.draft import Moment, Rules
from graph.exporting import known_names
from graph.keys import naming
from graph.many import many
from graph.model import AgreementId, EntryId, Kind, OpaqueId
from graph.planning import Planned, Planner
from graph.release import ReleasedRecord
from graph.store import KeptHoldings

Records = Mapping[OpaqueId, ReleasedRecord | None]
"""Records as they will be; None: gone."""

Shown = Callable[[EntryId], bool]
KindOf = Callable[[EntryId], Kind | None]

_NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Effect:
    """Of one agreement: the records that it gains, that change, and that it loses; each in order of ids."""

    agreement: AgreementId
    adds: tuple[EntryId, ...] = ()
    changes: tuple[EntryId, ...] = ()
    withdraws: tuple[EntryId, ...] = ()

    def only(self, shown: Shown) -> "Effect":
        """Of those that a reader may know of."""
        adds, changes, withdraws = (
            tuple(filter(shown, ids)) for ids in (self.adds, self.changes, self.withdraws)
        )
        return Effect(self.agreement, adds, changes, withdraws)


def effects(publishing: Planner, then: Sequence[Planned], now: Sequence[Planned] = ()) -> list[Effect]:
    """By agreement, where there is any. now: what would be written without the act; nothing, if left out.

    To be asked before anything of it is written.
    """
    before = {plan.publication.agreement: _outcome(plan) for plan in now}
    found = []
    for plan in then:
        agreement = plan.publication.agreement
        effect = _effect(publishing, plan, _outcome(plan), before.get(agreement, {}))
        if effect != Effect(agreement):
            found.append(effect)
    return found


def effects_once_published(
    publishing: Planner, supposed: KeptHoldings, rules: Rules, moment: Moment
) -> list[Effect]:
    """What other holdings would let partners have and take from them, once published; of what waits anyhow, nothing.

    Nothing is written.
    """
    adding = [id for id in publishing.releases.headers() if id in rules.agreements]
    then = Planner(supposed, publishing.releases, publishing.keys)
    return effects(publishing, then.plan(rules, moment, adding), publishing.plan(rules, moment, adding))


def sentence(told: Sequence[Effect], kind: KindOf) -> str:
    """All effects in one sentence: `releases 3 documents and 1 subject to 2 agreements; withdraws nothing`."""
    adds = _counted([(one.agreement, one.adds) for one in told], kind, "to")
    withdraws = _counted([(one.agreement, one.withdraws) for one in told], kind, "from")
    changes = _counted([(one.agreement, one.changes) for one in told], kind, "for")
    parts = [
        f"releases {adds}",
        *([f"changes {changes}"] if changes != _NOTHING else []),
        f"withdraws {withdraws}",
    ]
    return "; ".join(parts)


def _outcome(plan: Planned) -> Records:
    outcome: dict[OpaqueId, ReleasedRecord | None] = {}
    for step in filter(None, (plan.restriction, plan.addition)):
        outcome |= {record.id: record for record in step.change.records}
        outcome |= dict.fromkeys(step.change.gone_records)
    return outcome


def _effect(publishing: Planner, plan: Planned, then: Records, now: Records) -> Effect:
    agreement = plan.publication.agreement
    ids = [id for id in then.keys() | now.keys() if id not in then or id not in now or then[id] != now[id]]
    published = publishing.releases.elements(agreement, ids).records
    adds, changes, withdraws = list[OpaqueId](), list[OpaqueId](), list[OpaqueId]()
    for id in ids:
        was, will = now.get(id, published.get(id)), then.get(id, published.get(id))
        if was != will:
            (adds if was is None else withdraws if will is None else changes).append(id)
    names = _names(publishing, plan, [*adds, *changes, *withdraws])
    told = (tuple(sorted(names[id] for id in some)) for some in (adds, changes, withdraws))
    return Effect(agreement, *told)


def _names(publishing: Planner, plan: Planned, ids: Collection[OpaqueId]) -> Mapping[OpaqueId, EntryId]:
    """The holdings' ids. A plan of the whole does not know those of what goes: then all are looked through."""
    known = plan.names() if ids else {}
    if all(id in known for id in ids):
        return known
    return known_names(publishing.holdings.entries(), naming(publishing.keys, plan.publication.agreement))


def _counted(told: Iterable[tuple[AgreementId, tuple[EntryId, ...]]], kind: KindOf, way: str) -> str:
    some = [(agreement, ids) for agreement, ids in told if ids]
    kinds = Counter(kind(id) or Kind.SUBJECT for id in {id for _, ids in some for id in ids})
    words = [
        many(kinds[each], each.value) for each in (Kind.CASE, Kind.DOCUMENT, Kind.SUBJECT) if kinds[each]
    ]
    if not words:
        return _NOTHING
    listed = " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    return f"{listed} {way} {many(len(some), 'agreement')}"
