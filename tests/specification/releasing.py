"""R6-R8: which records and links are released, and why the other records are withheld.

It starts from what withholding and scope have left, and says nothing about the words that are shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.specification.lines import Line, held
from tests.specification.permissions import consented
from tests.specification.scope import out_of_scope
from tests.specification.setting import FIELDS, Link, Setting, can_be_judged
from tests.specification.withholding import as_link, categories_left, categories_of, is_known_and_fits


@dataclass(frozen=True, slots=True)
class Released:
    """The ids of the released records and links of a setting."""

    setting: Setting
    records: frozenset[str]
    links: frozenset[str]


def causes(
    lines: Sequence[Line],
    policy: Mapping[str, Any],
    agreement: Mapping[str, Any],
    today: date,
    tainted: Collection[str] = (),
) -> dict[str, set[str]]:
    """Why each held record is withheld: categories, own or carried, and words of scope. Empty: released."""
    setting = Setting(held(lines), policy, agreement, today, tainted)
    released = judged(setting)
    return {
        ident: set() if ident in released.records else reasons or {"support"}
        for ident, reasons in reasons_against(setting).items()
    }


def reasons_against(setting: Setting) -> dict[str, set[str]]:
    """R6: a record with none is eligible: no category left, and in scope."""
    left, records = categories_left(setting), setting.holdings.records
    return {ident: left[ident] | out_of_scope(record, setting) for ident, record in records.items()}


def judged(setting: Setting) -> Released:
    """R7, R8: one least fixpoint, from the eligible records that need no support."""
    eligible = {ident for ident, reasons in reasons_against(setting).items() if not reasons}
    links = [as_link(line) for line in setting.holdings.links.values() if is_openable(line, setting)]
    records = {ident for ident in eligible if not needs_support(ident, setting)}
    while True:
        open_now = [link for link in links if has_its_sources(link, records, setting)]
        more = eligible & {end for link in open_now for end in supported(link, records, setting)}
        if more <= records:
            break
        records |= more
    both_ends = {link.id for link in open_now if {link.start, link.end} <= records}
    return Released(setting, frozenset(records), frozenset(both_ends))


# --- R7: support ---


def needs_support(ident: str, setting: Setting) -> bool:
    """R7, as the policy says for each kind."""
    return bool(setting.policy["needs_support"][setting.holdings.records[ident].kind])


def supported(link: Link, records: Collection[str], setting: Setting) -> set[str]:
    """R7: the end that a released record supports along this (open) link."""
    way = setting.policy["links"][link.type]["supports"]
    if way == "forward" and link.start in records:
        return {link.end}
    if way == "backward" and link.end in records:
        return {link.start}
    return set()


# --- R8: open links ---


def is_openable(line: Line, setting: Setting) -> bool:
    """R8 but for sources: it can be judged, its type is known and agreed, its ends fit, no category."""
    link, types = as_link(line), setting.agreement.get("link_types")
    return (
        line["id"] not in setting.tainted
        and can_be_judged(line, FIELDS["link"])
        and is_known_and_fits(link, setting)
        and (types is None or link.type in types)
        and not categories_of_link(link, line, setting)
    )


def categories_of_link(link: Link, line: Line, setting: Setting) -> set[str]:
    """R8: by its codes and by its type, less those consented to (R4)."""
    by_type = {setting.policy["links"][link.type].get("category")} - {None}
    by_codes = categories_of(line.get("access_codes", []), setting.policy)
    return (by_type | by_codes) - consented(setting, "link", link.id)


def has_its_sources(link: Link, records: Collection[str], setting: Setting) -> bool:
    """R8: if it has sources, one is a released document; if its type needs a source, it has one."""
    sources = setting.holdings.links[link.id].get("sources", [])
    if not sources:
        return not setting.policy["links"][link.type].get("needs_source", False)
    return released_sources(sources, records, setting) != []


def released_sources(sources: Collection[object], records: Collection[str], setting: Setting) -> list[str]:
    """R8: what is no document, or not released, is no released source. Each once, sorted."""
    kinds = {ident: record.kind for ident, record in setting.holdings.records.items()}
    named = {source for source in sources if isinstance(source, str)}
    return sorted(source for source in named if source in records and kinds[source] == "document")
