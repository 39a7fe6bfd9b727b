"""What a load makes of ids of which persons have said something at the desk: the line is theirs, the rest stays.

The line of the system of record takes the place of the one before it, and what was said is laid over it anew. Openings
that rested on another content end here, in the transaction that stores the line.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.desk_steps import settled
from graph.dossier import DRAWER, Dossier, dossier_of, paper_of, raw_of
from graph.erasure import erased
from graph.fingerprint import content_of
from graph.model import Entry, EntryId
from graph.numbers import Patterns
from graph.overlaid import filed
from graph.store import Holdings, Paper


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be written of some lines: entries as they are to be held, and the papers that are other ones now."""

    puts: Sequence[Entry]
    papers: Sequence[Paper] = ()


Dossiers = Mapping[EntryId, Dossier]
Find = Callable[[Iterable[EntryId]], Dossiers]


def dossiers(holdings: Holdings, ids: Iterable[EntryId]) -> Dossiers:
    """The dossiers of those of the ids that have one."""
    return {id: dossier_of(paper) for id, paper in holdings.papers(DRAWER, ids).items()}


def as_given(held: Mapping[EntryId, Entry], known: Dossiers) -> dict[EntryId, Entry]:
    """What is held, as the system of record gave it."""
    given = {id: raw_of(entry, known[id]) if id in known else entry for id, entry in held.items()}
    return {id: entry for id, entry in given.items() if entry is not None}


def settle(lines: Mapping[EntryId, Entry], known: Dossiers, find: Find, patterns: Patterns) -> Settled:
    """Lay what was said over new lines. known: the dossiers of their ids. find: those of other ids."""
    if not known:
        return Settled(list(lines.values()))
    raws = {id: _kept(line, known.get(id), patterns) for id, line in lines.items()}
    touched = {id: known[id] for id in raws if id in known}
    if not touched:
        return Settled(list(raws.values()))
    resting = {target for dossier in touched.values() for target in dossier.concerned} - touched.keys()
    before = {**touched, **find(resting)}
    contents = {id: content_of(raws[id]) for id in touched}
    after = {id: settled(dossier, contents) for id, dossier in before.items()}
    gone = [entry for _, ended in after.values() for entry in ended]
    held = {id: filed(raw, after[id][0]) for id, raw in raws.items() if id in touched}
    left = {id: held[id][1] if id in held else dossier for id, (dossier, _) in after.items()}
    puts = [held[id][0] if id in held else raw for id, raw in raws.items()]
    papers = [paper_of(id, dossier) for id, dossier in left.items() if dossier != before[id]]
    return Settled([*puts, *gone], papers)


def _kept(line: Entry, dossier: Dossier | None, patterns: Patterns) -> Entry:
    """A line as it may be kept: where a person has deleted it, its content is not."""
    if dossier is None or dossier.deletion is None or line.deleted:
        return line
    return erased(line, patterns, line.revised)
