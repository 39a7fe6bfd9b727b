"""A report as one page of HTML: plots and tables, no script, nothing from elsewhere; for a screen and for paper."""

from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Final

from graph.meter import Meter
from server.markup import Markup, page, style, tag, together
from server.report import causes, shares
from server.report.figures import count, percent
from server.report.plots import gauge
from server.report.sheet import Sheet
from server.report.table import Cell, key, table, words

TITLE: Final = "What is withheld, and why"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def report_page(sheets: Sequence[Sheet]) -> str:
    """The page of these agreements."""
    head = together(
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="referrer", content="no-referrer"),
        style(files("server.report").joinpath("page.css").read_text(encoding="utf-8")),
    )
    days = " and ".join(sorted({sheet.day for sheet in sheets})) or "no day"
    warning = tag("strong", "for the office only.")
    parts = (part for place, sheet in enumerate(sheets) for part in _agreement(sheet, first=place == 0))
    return page(
        TITLE,
        head,
        tag("h1", TITLE),
        tag("p", f"Judged by {days}. It names what is withheld: ", warning, class_="soft"),
        *([_overview(sheets)] if len(sheets) > 1 else []),
        *parts,
    )


def _overview(sheets: Sequence[Sheet]) -> Markup:
    wholes = [sheet.meter.shares.whole for sheet in sheets]
    most = max(whole.held.total for whole in wholes)
    rows = [
        (
            Cell(tag("a", sheet.meter.agreement, href=f"#{_anchor(sheet)}")),
            words(sheet.meter.partner),
            *shares.cells(whole, most),
        )
        for sheet, whole in zip(sheets, wholes, strict=True)
    ]
    return tag(
        "section",
        tag("h3", "All agreements"),
        key(*shares.RELEASED_OR_WITHHELD),
        table(("agreement", "partner", *shares.HEADER), rows),
    )


def _agreement(sheet: Sheet, *, first: bool) -> Iterator[Markup]:
    heading = (sheet.meter.agreement, tag("small", sheet.meter.partner))
    told = sheet.meter.shares
    yield tag("h2", *heading, id=_anchor(sheet), class_="begins" if first else None)
    yield _summary(sheet.meter)
    yield shares.by_kind(told)
    yield from causes.why_withheld(sheet)
    yield from shares.by_year(told)
    yield from shares.by_office(told)
    yield from shares.by_program(told)
    yield from causes.supposed_away(sheet)
    yield from causes.holding_back(sheet)
    yield from causes.astray(sheet)


def _anchor(sheet: Sheet) -> str:
    """Ids of agreements are letters, digits, dots, dashes and underscores."""
    return f"agreement-{sheet.meter.agreement}"


def _summary(meter: Meter) -> Markup:
    held, released = meter.shares.whole.held.total, meter.shares.whole.released.total
    records = tag("strong", f"{count(released)} of {count(held)}")
    return tag(
        "section",
        gauge(
            released, held, f"{count(released)} of {count(held)} records released, {percent(released, held)}"
        ),
        tag(
            "div",
            tag("p", records, " records are released. Deleted records are not counted."),
            tag("ul", *(tag("li", sentence) for sentence in _first_looks(meter))),
        ),
        class_="first",
    )


def _first_looks(meter: Meter) -> Iterator[str]:
    """Where to look first, as sentences."""
    alone = max(meter.reasons, key=lambda reason: reason.alone.total, default=None)
    if alone is not None and alone.alone.total:
        yield f"“{alone.reason}” alone withholds {count(alone.alone.total)} records: they have no other reason."
    single = sum(reason.one_record for reason in meter.reasons)
    if single:
        yield f"{count(single)} are withheld by one category of one record: one review each decides."
    for group in meter.groups:
        if group.name == "implied" and group.gain.frees:
            yield f"{count(group.gain.frees)} would have no category but for numbers in texts."
    for holder in meter.holders.told[:1]:
        then = f"without its categories {count(holder.releases)} records would be released"
        yield f"{holder.id} holds back {count(holder.others)} others alone; {then}."
