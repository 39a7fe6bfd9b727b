"""R9 explained: why one value of a subject is withheld. A value may be stated more than once; one released will do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.explaining.causes import Cause, Fact, Ground
from graph.explaining.grounds import facts_of_codes, facts_of_unsoundness, named
from graph.explaining.inquiry import Inquiry, shown
from graph.explaining.record import causes_of_record
from graph.explaining.sources import released_sources, source_causes
from graph.explaining.tracing import own_cause
from graph.model import PROPERTY_FIELDS, EntryId
from graph.reading import Line

Stated = Mapping[str, Any]
"""A property as the subject's line has it."""


def stated_as(line: Line, value: str) -> list[Stated]:
    """The properties of a subject's line that read `name=value`."""
    return [stated for stated in _all(line) if _reads(stated) == value]


def readings(line: Line) -> list[str]:
    """Every property of a subject's line as `name=value`, each once, sorted."""
    return sorted({_reads(stated) for stated in _all(line)})


def causes_of_property(
    inquiry: Inquiry, asked: str, node: int, values: Sequence[Stated]
) -> tuple[Cause, ...]:
    """Every cause of a value, and of its subject; none where the value is released."""
    subject = causes_of_record(inquiry, node)
    own = [list(_causes(inquiry, asked, stated)) for stated in values]
    if not all(own):
        return subject
    return (*dict.fromkeys(cause for causes in own for cause in causes), *subject)


def sources_of(inquiry: Inquiry, values: Sequence[Stated]) -> tuple[EntryId, ...]:
    """The released documents that assert the value, by id."""
    return tuple(sorted({id for stated in values for id in released_sources(inquiry, stated.get("sources"))}))


def _all(line: Line) -> list[Stated]:
    return [stated for stated in line.get("properties", ()) if isinstance(stated, dict)]


def _reads(stated: Stated) -> str:
    return f"{shown(stated.get('name'))}={shown(stated.get('value'))}"


def _causes(inquiry: Inquiry, asked: str, stated: Stated) -> Iterator[Cause]:
    yield from (own_cause(asked, named(fact, inquiry.policy)) for fact in _facts(inquiry, stated))
    sources = stated.get("sources")
    if sources and not released_sources(inquiry, sources):
        yield from source_causes(inquiry, asked, sources, "R9")


def _facts(inquiry: Inquiry, stated: Stated) -> Iterator[Fact]:
    yield from facts_of_unsoundness(stated, PROPERTY_FIELDS)
    yield from facts_of_codes(stated, inquiry.policy, needed=False)
    if not isinstance(stated.get("value"), str):
        yield Fact.plain("R9", Ground.NO_TEXT, "value", (shown(stated.get("value")),), ("a text",))
    if "sources" not in stated:
        wanted = ("documents, or an empty list where the subject record itself says so",)
        yield Fact.plain("R9", Ground.SOURCES_NOT_STATED, "sources", (), wanted)
    yield from _facts_of_name(inquiry, stated.get("name"))


def _facts_of_name(inquiry: Inquiry, name: object) -> Iterator[Fact]:
    """R14: a name that the policy's list does not have, or that the agreement omits."""
    if not isinstance(name, str) or inquiry.policy.word("property", name) is None:
        wanted = tuple(sorted(inquiry.policy.words["property"] or ("a name",)))
        yield Fact.plain("R14", Ground.UNKNOWN_WORD, "name", (shown(name),), wanted)
    elif f"property.{name}" in inquiry.agreement.omit:
        yield Fact.plain("R14", Ground.OMITTED, "name", (name,), ("not in the agreement's omit",))
