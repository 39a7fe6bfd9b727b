"""A report as JSON for programs: every number of the meter."""

from dataclasses import asdict

from graph.explaining.causes import Note
from graph.holding_back import Holders
from graph.shares import Share
from server.report.sheet import Sheet


def sheet_json(sheet: Sheet) -> dict[str, object]:
    """One agreement's sheet."""
    meter, shares = sheet.meter, sheet.meter.shares
    whole = _share(shares.whole)
    return {
        "partner": meter.partner,
        "day": sheet.day,
        "held": whole["held"],
        "released": whole["released"],
        "reasons": [asdict(reason) for reason in meter.reasons],
        "offices": [_share(share) for share in shares.offices],
        "programs": [_share(share) for share in shares.programs],
        "years": [_share(share) for share in shares.years],
        "supposed_away": [
            {"what": group.name, "count": group.count, **asdict(group.gain)} for group in meter.groups
        ],
        "holders": _holders(meter.holders, sheet),
        "never_loaded": _holders(meter.never_loaded, sheet),
        "uncoded": _holders(meter.uncoded, sheet),
        "withdrawn": [
            {"id": id, "who": known.who, "at": known.at, "reason": known.reason}
            for id, known in sheet.withdrawn.items()
        ],
        "astray": [
            {"type": astray.type, "wrong": astray.wrong, "links": astray.links, **asdict(astray.gain)}
            for astray in meter.astray
        ],
    }


def _share(share: Share) -> dict[str, object]:
    told: dict[str, object] = {"name": share.name, "held": asdict(share.held)}
    return told | {"released": asdict(share.released), "reasons": dict(share.reasons)}


def _holders(holders: Holders, sheet: Sheet) -> dict[str, object]:
    told = [asdict(holder) | _note(sheet.notes[holder.id]) for holder in holders.told]
    return {"count": holders.count, "told": told}


def _note(note: Note) -> dict[str, object]:
    return {"kind": note.kind, "number": note.number, "title": note.title, "codes": note.codes}
