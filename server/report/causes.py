"""Why records are withheld and what holds back others, as parts of a report's page."""

from collections.abc import Iterator
from typing import Final

from graph.holding_back import Group, Holders
from graph.reason_counts import ReasonCount
from server.markup import Markup, tag, together
from server.report.figures import count
from server.report.plots import Part, bar
from server.report.sheet import GROUPS, NOT_STATED, Sheet, astray_words, described, meaning, sources
from server.report.table import Cell, key, plot, table, text, words


def why_withheld(sheet: Sheet) -> Iterator[Markup]:
    """The reasons, those that withhold most first."""
    reasons = sorted(sheet.meter.reasons, key=lambda reason: -reason.withheld.total)
    if not reasons:
        return
    most = reasons[0].withheld.total
    rows = [_reason_row(reason, most) for reason in reasons]
    header = ("reason", "", "records", "only this", "of one record", "by links", "by citations")
    yield tag(
        "section",
        tag("h3", "Why records are withheld"),
        tag(
            "p",
            "A record may have several reasons. Of one record: it has no other reason, and this one comes from a single"
            " record, so that one review decides. By links: not of its own. By citations: it would not have it if no"
            " number in a text cited another record.",
            class_="note",
        ),
        key(("only", "for this reason alone"), ("kept", "for other reasons too")),
        table(header, rows, "wide"),
    )


def _reason_row(reason: ReasonCount, most: int) -> tuple[Cell, ...]:
    total, alone = reason.withheld.total, reason.alone.total
    parts = (
        Part("only", alone, f"{count(alone)} for this reason alone"),
        Part("kept", total - alone, f"{count(total - alone)} for other reasons too"),
    )
    numbers = (count(total), count(alone), *sources(reason))
    return (
        Cell(together(reason.reason, tag("div", meaning(reason), class_="what"))),
        plot(bar(parts, most)),
        *(Cell(number, "number") for number in numbers),
    )


def supposed_away(sheet: Sheet) -> Iterator[Markup]:
    """Sorts of base facts."""
    groups = [group for group in sheet.meter.groups if group.count]
    if not groups:
        return
    most = max(max(group.gain.frees, group.gain.releases) for group in groups)
    rows = [_group_row(group, most) for group in groups]
    yield tag(
        "section",
        tag("h3", "If all of a sort carried nothing"),
        tag(
            "p",
            "Freed are records in scope that no category would withhold any more; released, what then has support,"
            " and what that supports.",
            class_="note",
        ),
        table(("sort", "", "how many", "freed", "released"), rows),
    )


def _group_row(group: Group, most: int) -> tuple[Cell, ...]:
    frees, releases = group.gain.frees, group.gain.releases
    part = Part("only", releases, f"{count(releases)} would be released")
    numbers = (group.count, frees, releases)
    return (
        text(GROUPS[group.name]),
        plot(bar((part,), most)),
        *(Cell(count(number), "number") for number in numbers),
    )


_HOLDERS_EXPLAINED: Final = (
    "Alone: others whose every category comes from it. Reached: others that have a category from it, perhaps among"
    " more. Released: what would be, itself included, if it had no category of its own."
)


def holding_back(sheet: Sheet) -> Iterator[Markup]:
    """Single records."""
    meter, explained = sheet.meter, _HOLDERS_EXPLAINED
    for title, holders in (
        ("Records whose own categories hold back most others", meter.holders),
        ("Ends that were never loaded", meter.never_loaded),
        ("Uncoded records", meter.uncoded),
    ):
        if holders.told:
            yield _holders(title, holders, sheet, explained)
            explained = ""


def _holders(title: str, holders: Holders, sheet: Sheet, explained: str) -> Markup:
    most = max(max(holder.releases, holder.others) for holder in holders.told)
    rows = [
        (
            Cell(together(holder.id, tag("div", described(holder, sheet.notes[holder.id]), class_="what"))),
            words(", ".join(holder.categories)),
            plot(bar((Part("only", holder.releases, f"{count(holder.releases)} would be released"),), most)),
            *(Cell(count(number), "number") for number in (holder.others, holder.reaches, holder.releases)),
        )
        for holder in holders.told
    ]
    note = f"The first {len(holders.told)} of {count(holders.count)}. {explained}"
    return tag(
        "section",
        tag("h3", title),
        tag("p", note, class_="note"),
        table(("record", "categories", "", "alone", "reached", "released"), rows, "wide"),
    )


def astray(sheet: Sheet) -> Iterator[Markup]:
    """Types of links."""
    rows = [
        (
            text(one.type or NOT_STATED),
            words(astray_words(one)),
            *(Cell(count(number), "number") for number in (one.links, one.gain.frees, one.gain.releases)),
        )
        for one in sheet.meter.astray
    ]
    if not rows:
        return
    yield tag(
        "section",
        tag("h3", "Types of links that carry everything both ways"),
        table(("type", "what is wrong", "links", "freed", "released"), rows),
    )
