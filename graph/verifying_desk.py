"""Whether what is held is what the desk's decisions make of the lines of the system of record (graph/overlaid.py)."""

from collections.abc import Iterator

from graph.dossier import DRAWER, Dossier, State, dossier_of, raw_of
from graph.model import EntryId
from graph.overlaid import filed
from graph.store import Holdings
from graph.verifying import Finding, What


def desk_findings(holdings: Holdings) -> Iterator[Finding]:
    """The ids whose lines are other ones, and the clearances and consents that stand, or lack, without a reason."""
    papers = (paper for paper in holdings.every_paper() if paper.drawer == DRAWER)
    dossiers = {paper.id: dossier_of(paper) for paper in papers}
    wrong = {id for id, dossier in dossiers.items() if not _fits(holdings, id, dossier)}
    wrong |= {id for dossier in dossiers.values() for id in _permissions(holdings, dossier)}
    if wrong:
        yield Finding(None, What.DESK, tuple(sorted(wrong)))


def _fits(holdings: Holdings, id: EntryId, dossier: Dossier) -> bool:
    entry = holdings.held([id]).get(id)
    raw = raw_of(entry, dossier)
    return raw is None or filed(raw, dossier) == (entry, dossier)


def _permissions(holdings: Holdings, dossier: Dossier) -> Iterator[EntryId]:
    """Those that do not stand as their request says."""
    for request in dossier.requests:
        held = holdings.held(request.entries)
        stands = request.state is State.APPROVED
        yield from (id for id in request.entries if (id in held and not held[id].deleted) != stands)
