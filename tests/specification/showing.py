"""R9, R10, R14: the words that are shown of what is released.

`release` gives the form of `tests/contract/expected/*.json`: the holdings' ids, and every released field.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from tests.specification import numbers
from tests.specification.lines import Line, Record, held
from tests.specification.releasing import Released, judged, released_sources
from tests.specification.setting import FIELDS, Setting, can_be_judged, day, word
from tests.specification.withholding import categories_of

SHOWN_FIELDS = {  # field of a kind: how it is shown
    "case": {
        "title": "text",
        "synopsis": "text",
        "office": "text",
        "status": "case_status",
        "program": "case_program",
        "opened": "day",
        "closed": "day",
        "number": "number",
    },
    "document": {
        "title": "text",
        "narrative": "text",
        "office": "text",
        "type": "document_type",
        "prepared": "day",
        "author": "text",
        "number": "number",
    },
    "subject": {"office": "text", "type": "subject_type"},
}
TEXTS = ("title", "synopsis", "narrative")


def release(
    lines: Sequence[Line],
    policy: Mapping[str, Any],
    agreement: Mapping[str, Any],
    today: date,
    tainted: Collection[str] = (),
) -> dict[str, Any]:
    """What may be seen: records, links, properties, texts, fields, link_fields, property_sources, sorted."""
    released = judged(Setting(held(lines), policy, agreement, today, tainted))
    fields = {ident: fields_shown(ident, released) for ident in sorted(released.records)}
    properties = sorted(shown for ident in fields for shown in properties_shown(ident, released))
    return {
        "records": sorted(released.records),
        "links": sorted(released.links),
        "properties": [[ident, name, value] for ident, name, value, _ in properties],
        "texts": {ident: {f: v for f, v in shown.items() if f in TEXTS} for ident, shown in fields.items()},
        "fields": fields,
        "link_fields": {ident: link_fields_shown(ident, released) for ident in sorted(released.links)},
        "property_sources": [list(shown) for shown in properties],
    }


# --- R10: numbers that are shown ---


def numbers_shown(released: Released) -> set[str]:
    """R10: the folded numbers of released records, without those that a withheld head masks."""
    records = released.setting.holdings.records
    found = {records[ident].folded_number for ident in released.records} - {""}
    return {number for number in found if numbers.is_headless(number, found, released.setting.patterns)}


def masked(text: str, released: Released) -> str:
    """R10: text, with each number replaced that is not shown."""
    return numbers.masked(text, numbers_shown(released), released.setting.patterns)


# --- R9: properties ---


def properties_shown(ident: str, released: Released) -> list[tuple[str, str, str, list[str]]]:
    """R9: id, name, value, sources. Values equal after masking are one, with all released sources."""
    sources: dict[tuple[str, str], set[str]] = {}
    for stated in properties_held(released.setting.holdings.records[ident]):
        if is_property_released(stated, released):
            key = (str(coded(stated["name"], "property", released)), masked(stated["value"], released))
            sources.setdefault(key, set()).update(sources_shown(stated["sources"], released))
    omitted = released.setting.agreement.get("omit", ())
    return [
        (ident, name, value, sorted(documents))
        for (name, value), documents in sources.items()
        if f"property.{name}" not in omitted
    ]


def properties_held(record: Record) -> list[Any]:
    """Subjects have them; on another kind it is an unknown field, which is never released (section 3)."""
    return list(record.line.get("properties", [])) if record.kind == "subject" else []


def is_property_released(stated: object, released: Released) -> bool:
    """R9, R12, R14: a known name, a string, no category, and sources are stated: none, or one released."""
    return (
        isinstance(stated, dict)
        and can_be_judged(stated, FIELDS["property"])
        and isinstance(stated.get("value"), str)
        and coded(stated.get("name"), "property", released) is not None
        and not categories_of(stated.get("access_codes", []), released.setting.policy)
        and "sources" in stated
        and (stated["sources"] == [] or sources_shown(stated["sources"], released) != [])
    )


def sources_shown(sources: Collection[object], released: Released) -> list[str]:
    """R8, R9: the sources that are released documents."""
    return released_sources(sources, released.records, released.setting)


# --- R14: fields ---


def fields_shown(ident: str, released: Released) -> dict[str, str]:
    """The fields of a released record, without absent ones and those that the agreement omits."""
    record = released.setting.holdings.records[ident]
    omitted = released.setting.agreement.get("omit", ())
    shown = {
        field: field_shown(record.line.get(field), how, released)
        for field, how in SHOWN_FIELDS[record.kind].items()
        if f"{record.kind}.{field}" not in omitted
    }
    shown |= {
        field: value
        for field, value in (("contact", contact_shown(shown, released)), ("validated", validated(record)))
        if f"{record.kind}.{field}" not in omitted
    }
    return {field: value for field, value in shown.items() if value is not None}


def contact_shown(shown: Mapping[str, str | None], released: Released) -> str | None:
    """How the office is reached that is shown, by the policy; text, as any other (R10)."""
    offices = released.setting.policy.get("offices", {})
    office = shown.get("office")
    return masked(offices[office]["contact"], released) if office in offices else None


def validated(record: Record) -> str | None:
    """The day of the approval; absent where it is none (R14)."""
    approval = record.line.get("approval")
    date = approval.get("date") if isinstance(approval, dict) else None
    return str(date) if day(date) else None


def field_shown(value: object, how: str, released: Released) -> str | None:
    """`how`: text, day, number or a vocabulary's name. The type of a subject or document is never absent."""
    if how == "text":
        return masked(value, released) if isinstance(value, str) else None
    if how == "day":
        return str(value) if day(value) else None
    if how == "number":
        return number_shown(str(value), released)
    shown = coded(value, how, released)
    return "other" if shown is None and how.endswith("_type") else shown


def number_shown(number: str, released: Released) -> str:
    """R10: a released number is as it was given, or masked as a whole."""
    return number if numbers.fold(number) in numbers_shown(released) else numbers.MASK


def coded(value: object, vocabulary: str, released: Released) -> str | None:
    """R14: a word of the policy's list as it is; without a list it is text; or absent."""
    policy = released.setting.policy
    found, has_list = word(value, vocabulary, policy), vocabulary in policy.get("vocabulary", {})
    return found if found is None or has_list else masked(found, released)


# --- R8: the fields of a link ---


def link_fields_shown(ident: str, released: Released) -> dict[str, Any]:
    """R8: type, ends and released sources; role and dates only if all its sources are released."""
    line = released.setting.holdings.links[ident]
    stated = line.get("sources", [])
    shown = {field: line[field] for field in ("type", "from", "to")}
    shown["sources"] = sources_shown(stated, released)
    if all(sources_shown([source], released) for source in stated):
        shown["role"] = coded(line.get("role"), "link_role", released)
        shown["since"] = part_of_time(line.get("since"))
        shown["until"] = part_of_time(line.get("until"))
    omitted = {field for field in shown if f"link.{field}" in released.setting.agreement.get("omit", ())}
    return {field: value for field, value in shown.items() if value is not None and field not in omitted}


def part_of_time(value: object) -> str | None:
    """Section 3: a real day, month or year: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. Otherwise absent."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        return None
    return value if day((value + "-01-01")[:10]) else None
