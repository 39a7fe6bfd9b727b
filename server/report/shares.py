"""How much is released and withheld, as parts of a report's page: by kind, year, office and program."""

from collections.abc import Iterator, Sequence
from typing import Final

from graph.shares import Share, Shares
from server.markup import Markup, tag
from server.report.figures import count, percent
from server.report.plots import Column, Part, bar, columns
from server.report.sheet import mostly, name_of
from server.report.table import Cell, key, plot, table, text, words

HEADER: Final = ("", "held", "released", "withheld", "share")
_AND_WHY: Final = (*HEADER, "mostly for")
RELEASED_OR_WITHHELD: Final = (("given", "released"), ("kept", "withheld"))
_MOST_COLUMNS: Final = 80


def cells(share: Share, most: int) -> tuple[Cell, ...]:
    """The cells under HEADER. most: of what any row of the table holds."""
    held, released = share.held.total, share.released.total
    parts = (
        Part("given", released, f"{count(released)} released"),
        Part("kept", share.withheld, f"{count(share.withheld)} withheld"),
    )
    numbers = (count(held), count(released), count(share.withheld), percent(released, held))
    return (plot(bar(parts, most)), *(Cell(number, "number") for number in numbers))


def by_kind(shares: Shares) -> Markup:
    """Cases, documents and subjects."""
    return tag(
        "section", tag("h3", "By kind of record"), key(*RELEASED_OR_WITHHELD), _table("kind", shares.kinds)
    )


def by_year(shares: Shares) -> Iterator[Markup]:
    """The years, as columns where there are several."""
    if not shares.years:
        return
    drawn = shares.years[-_MOST_COLUMNS:]
    shown = [Column(name_of(share), share.released.total, share.withheld) for share in drawn]
    told = "Records by year, released and withheld; the numbers stand in the table below"
    numbers = _table("year", shares.years)
    folded = tag("details", tag("summary", "The numbers", class_="note"), numbers)
    yield tag(
        "section",
        tag("h3", "By year"),
        key(*RELEASED_OR_WITHHELD),
        *((columns(shown, told), folded) if len(shown) > 1 else (numbers,)),
    )


def by_office(shares: Shares) -> Iterator[Markup]:
    """The offices."""
    yield from _worst_first("By office", "office", shares.offices)


def by_program(shares: Shares) -> Iterator[Markup]:
    """The programs of cases."""
    yield from _worst_first("By program of the case", "program", shares.programs)


def _worst_first(title: str, what: str, shares: Sequence[Share]) -> Iterator[Markup]:
    if shares:
        yield tag(
            "section",
            tag("h3", title),
            tag("p", "Those of which most is withheld come first.", class_="note"),
            key(*RELEASED_OR_WITHHELD),
            _table(what, shares),
        )


def _table(what: str, shares: Sequence[Share]) -> Markup:
    most = max(share.held.total for share in shares)
    rows = [(text(name_of(share)), *cells(share, most), words(mostly(share))) for share in shares]
    return table((what, *_AND_WHY), rows)
