"""A report as a person reads it on a terminal."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from graph.holding_back import Holders
from graph.printable import printable
from graph.shares import Share
from server.commands.columns import aligned
from server.report.figures import count, percent
from server.report.sheet import (
    GROUPS,
    NOT_STATED,
    Sheet,
    astray_words,
    described,
    meaning,
    mostly,
    name_of,
    sources,
)

MOST: Final = 20
"""How many offices, programs and years are told by line; JSON and HTML have all."""


def sheet_lines(sheet: Sheet, width: int) -> Iterator[str]:
    """One agreement's sheet."""
    meter, whole = sheet.meter, sheet.meter.shares.whole
    held, released = whole.held.total, whole.released.total
    yield printable(
        f"{meter.agreement} ({meter.partner}) on {sheet.day}: {count(released)} of {count(held)} records"
        f" released, {percent(released, held)}"
    )
    parts: tuple[Callable[[Sheet, int], Iterator[str]], ...] = (
        *(_kinds, _reasons, _offices, _programs, _years),
        *(_groups, _holding, _never_loaded, _uncoded, _astray, _withdrawn),
    )
    for part in parts:
        lines = list(part(sheet, width))
        yield from ("", *lines) if lines else ()


def _withdrawn(sheet: Sheet, _: int) -> Iterator[str]:
    if sheet.withdrawn:
        yield "Withdrawn by hand, until it is lifted (caselink withdraw)"
    for id, known in sheet.withdrawn.items():
        yield printable(f"  {id}: by {known.who} at {known.at}: {known.reason}")


def _kinds(sheet: Sheet, width: int) -> Iterator[str]:
    yield from _parts("kind", sheet.meter.shares.kinds, width)


def _reasons(sheet: Sheet, width: int) -> Iterator[str]:
    if not sheet.meter.reasons:
        return
    yield "Why records are withheld; one may have several reasons"
    header = ("reason", "records", "only this", "of one record", "by links", "by citations", "what it is")
    rows = [
        (
            reason.reason,
            count(reason.withheld.total),
            count(reason.alone.total),
            *sources(reason),
            meaning(reason),
        )
        for reason in sheet.meter.reasons
    ]
    yield from aligned(header, rows, width, numbers=range(1, 6))


def _offices(sheet: Sheet, width: int) -> Iterator[str]:
    yield from _parts("office", sheet.meter.shares.offices, width)


def _programs(sheet: Sheet, width: int) -> Iterator[str]:
    yield from _parts("program", sheet.meter.shares.programs, width)


def _years(sheet: Sheet, width: int) -> Iterator[str]:
    yield from _parts("year", sheet.meter.shares.years[-MOST:], width)


def _parts(what: str, shares: Sequence[Share], width: int) -> Iterator[str]:
    if not shares:
        return
    rows = [
        (
            name_of(share),
            count(share.held.total),
            count(share.released.total),
            count(share.withheld),
            percent(share.released.total, share.held.total),
            mostly(share),
        )
        for share in shares[:MOST]
    ]
    yield from aligned(
        (what, "held", "released", "withheld", "share released", "mostly for"), rows, width, range(1, 5)
    )
    if len(shares) > MOST:
        yield f"  and {len(shares) - MOST:,} more; --json and --html tell all"


def _groups(sheet: Sheet, width: int) -> Iterator[str]:
    rows = [
        (GROUPS[group.name], count(group.count), count(group.gain.frees), count(group.gain.releases))
        for group in sheet.meter.groups
        if group.count
    ]
    if rows:
        yield "If all of a sort carried nothing"
        yield from aligned(("sort", "how many", "freed", "released"), rows, width, numbers=range(1, 4))


def _holding(sheet: Sheet, width: int) -> Iterator[str]:
    yield from _holders(
        "Records whose own categories hold back most others", sheet.meter.holders, sheet, width
    )


def _never_loaded(sheet: Sheet, width: int) -> Iterator[str]:
    yield from _holders(
        "Ends that were never loaded, by what they hold back", sheet.meter.never_loaded, sheet, width
    )


def _uncoded(sheet: Sheet, width: int) -> Iterator[str]:
    yield from _holders("Uncoded records, by what they hold back", sheet.meter.uncoded, sheet, width)


def _holders(title: str, holders: Holders, sheet: Sheet, width: int) -> Iterator[str]:
    if not holders.told:
        return
    yield f"{title} (the first {len(holders.told)} of {holders.count:,})"
    rows = [
        (
            holder.id,
            ", ".join(holder.categories),
            count(holder.others),
            count(holder.reaches),
            count(holder.releases),
            described(holder, sheet.notes[holder.id]),
        )
        for holder in holders.told
    ]
    header = ("record", "categories", "others alone", "reaches", "would release", "what it is")
    yield from aligned(header, rows, width, numbers=range(2, 5))


def _astray(sheet: Sheet, width: int) -> Iterator[str]:
    rows = [
        (
            astray.type or NOT_STATED,
            astray_words(astray),
            count(astray.links),
            count(astray.gain.frees),
            count(astray.gain.releases),
        )
        for astray in sheet.meter.astray
    ]
    if rows:
        yield "Types of links that carry everything both ways"
        yield from aligned(("type", "what is wrong", "links", "freed", "released"), rows, width, range(2, 5))
