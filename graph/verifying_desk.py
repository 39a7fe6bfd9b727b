"""Whether what is held is what the desk's decisions make of the lines of the system of record (graph/overlaid.py).

Dossiers are streamed, and what is held of some of them is asked for at once.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from graph.dossier import DRAWER, Dossier, State, dossier_of, raw_of
from graph.model import Entry, EntryId
from graph.overlaid import filed
from graph.portions import portions
from graph.store import ReadableHoldings
from graph.verifying import Finding, What

_AT_ONCE: Final = 1_000


def desk_findings(holdings: ReadableHoldings) -> Iterator[Finding]:
    """The ids whose lines are other ones, and the clearances and consents that stand, or lack, without a reason."""
    dossiers = ((paper.id, dossier_of(paper)) for paper in holdings.every_paper() if paper.drawer == DRAWER)
    wrong: set[EntryId] = set()
    for some in map(dict, portions(dossiers, _AT_ONCE)):
        permissions = {
            id for dossier in some.values() for request in dossier.requests for id in request.entries
        }
        held = holdings.held(some.keys() | permissions)
        wrong |= {id for id, dossier in some.items() if not _fits(held.get(id), dossier)}
        wrong |= {id for dossier in some.values() for id in _permissions(held, dossier)}
    if wrong:
        yield Finding(None, What.DESK, tuple(sorted(wrong)))


def _fits(entry: Entry | None, dossier: Dossier) -> bool:
    raw = raw_of(entry, dossier)
    return raw is None or filed(raw, dossier) == (entry, dossier)


def _permissions(held: Mapping[EntryId, Entry], dossier: Dossier) -> Iterator[EntryId]:
    """Those that do not stand as their request says."""
    for request in dossier.requests:
        stands = request.state is State.APPROVED
        yield from (id for id in request.entries if (id in held and not held[id].deleted) != stands)
