"""What a decided act at the desk writes, as one batch: lines, and what is said over them, here and elsewhere.

What rested on another content or another coding has ended in the same batch, wherever it is filed. Whether the act may
be done is not asked here (`graph.office.desk`).
"""

from dataclasses import replace
from datetime import date

from graph import desk_steps
from graph.dossier import Dossier, Request, RequestKind, Word, paper_of, request_id
from graph.fingerprint import content_of
from graph.model import Entry, EntryId
from graph.office.desk_batches import filing, permission
from graph.office.desk_sight import Sight
from graph.overlaid import filed
from graph.reading import line_of
from graph.store import Batch
from graph.withdrawals import lifting


def approved(
    sight: Sight, target: EntryId, dossier: Dossier, request: Request, word: Word, day: int
) -> Batch:
    """What the approval of a request writes. day: an ordinal, the one on which a coding is approved."""
    if request.kind is RequestKind.RECODE:
        raw, approved_on = loaded(sight, target), date.fromordinal(day).isoformat()
        return renewed(
            sight, raw, desk_steps.recoding_approved(dossier, raw, request.number, word, approved_on)
        )
    if request.kind is RequestKind.LIFT:
        paper = paper_of(target, desk_steps.lifted(dossier, request.number, word))
        return replace(lifting(sight.holdings, target), papers=[paper])
    name = request_id(target, dossier, request)
    entries = [permission(name, target, request, category, word) for category in request.asked.categories]
    ids = tuple(entry.id for entry in entries)
    kept = desk_steps.permitted(dossier, request.number, ids, word)
    pointing = (paper_of(id, desk_steps.concerned_by(Dossier(), target)) for id in ids)
    return Batch(puts=entries, papers=[paper_of(target, kept), *pointing])


def without_permission(sight: Sight, entry: Entry, pointing: Dossier, word: Word) -> Batch:
    """What the end of a clearance or a consent of the desk's writes. pointing: says whom it concerns."""
    kind = RequestKind(entry.kind.value)
    papers = [
        paper_of(target, desk_steps.permission_deleted(sight.dossier(target), entry.id, word))
        for target in pointing.concerned
    ]
    return Batch(puts=[desk_steps.permission_gone(entry.id, kind)], papers=papers)


def renewed(sight: Sight, raw: Entry, dossier: Dossier) -> Batch:
    """A line, and what was said over it: what rested on another content or coding has ended, here and elsewhere."""
    contents = {raw.id: content_of(raw)}
    coded, _ = filed(raw, desk_steps.settled(dossier, contents)[0])
    recoded = raw.id if _codes(coded) != _codes(sight.entry(raw.id)) else None
    kept, gone = desk_steps.settled(dossier, contents, recoded)
    puts, papers = list(gone), []
    for other in dossier.concerned:
        before = sight.dossier(other)
        left, ended = desk_steps.settled(before, contents, recoded)
        puts += ended
        papers += [paper_of(other, left)] if left != before else []
    own = filing(raw, kept)
    return replace(own, puts=[*own.puts, *puts], papers=[*own.papers, *papers])


def loaded(sight: Sight, id: EntryId) -> Entry:
    """The line as it was loaded, of an id that is known to be held."""
    raw = sight.raw(id)
    assert raw is not None  # what is known is held
    return raw


def _codes(entry: Entry | None) -> object:
    return None if entry is None else line_of(entry).get("access_codes")
