"""Why something is released or withheld under one agreement: a record, a link, a property, or an implied citation.

All causes are told, each with the base fact that it ends in; with every one of those facts mended it would be released,
or something else would withhold it. A pure function of the judgement and of a look-up of held lines: it judges nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from graph.decisions import type_name
from graph.errors import NotOnFile
from graph.explaining.causes import Cause, Fact, Ground, Standing, Step, Verdict
from graph.explaining.inquiry import Inquiry, changed
from graph.explaining.link import causes_of_ends, causes_of_link
from graph.explaining.needed import Needing
from graph.explaining.property import causes_of_property, readings, sources_of, stated_as
from graph.explaining.record import causes_of_record
from graph.explaining.sources import released_sources
from graph.explaining.support import standing
from graph.explaining.tracing import own_cause
from graph.model import IMPLIED, RECORD_KINDS, EntryId, Kind
from graph.policy import DELETED
from graph.printable import printable

PROPERTY: Final = "property"
IMPLIED_CITATION: Final = "implied citation"
NEVER_LOADED: Final = "never loaded"
_NAMED: Final = 10
_MOST_TEXT: Final = 60


def explain(inquiry: Inquiry, asked: str) -> Verdict:
    """The verdict on an id, or on a property as `SUBJECT#name=value`. Raises NotOnFile where nothing is called so."""
    id = EntryId(asked)
    entry = inquiry.entry(id)
    if entry is not None and entry.kind in RECORD_KINDS:
        return _record(inquiry, id, entry.kind)
    if entry is not None and entry.kind is Kind.LINK:
        return _deleted_link(inquiry, id) if entry.deleted else _link(inquiry, id)
    if entry is not None:
        raise NotOnFile(f"{asked}: is a {entry.kind}; ask about the record or link that it is for")
    if asked.startswith(IMPLIED):
        return _implied(inquiry, id)
    if (subject := _subject_of(inquiry, asked)) is not None:
        return _property(inquiry, asked, subject)
    if inquiry.node(id) is not None:
        return _record(inquiry, id, NEVER_LOADED)
    raise NotOnFile(
        f"{asked}: nothing is held under this id; ids are matched letter for letter,"
        " and a property is asked for as SUBJECT#name=value"
    )


def _record(inquiry: Inquiry, id: EntryId, kind: str) -> Verdict:
    node = _node(inquiry, id)
    if not inquiry.judgement.released[node]:
        return _verdict(inquiry, id, kind, causes=causes_of_record(inquiry, node))
    stands, needing = standing(inquiry, node), Needing(inquiry)
    own = needing.by([node])
    others = {_node(inquiry, step.giver) for step in stands.support}
    before = needing.by(sorted(others), inquiry.links(step.link for step in stands.support))
    known = {needed.id for needed in own}
    decisions = (*own, *(needed for needed in before if needed.id not in known))
    return _verdict(inquiry, id, kind, standing=replace(stands, decisions=decisions))


def _link(inquiry: Inquiry, id: EntryId) -> Verdict:
    link, links = _held_link(inquiry, id), inquiry.linkage.links
    type = type_name(links, inquiry.policy, link)
    nodes = (int(links.head[link]), int(links.tail[link]))
    ends = tuple(map(inquiry.id, nodes))
    if not inquiry.judgement.links[link]:
        return _verdict(inquiry, id, Kind.LINK, ends, type=type, causes=causes_of_link(inquiry, link))
    sources = released_sources(inquiry, inquiry.line(id).get("sources"))
    needed = Needing(inquiry).by({*nodes, *(_node(inquiry, source) for source in sources)}, {link})
    stands = Standing(sources=sources, decisions=needed)
    return _verdict(inquiry, id, Kind.LINK, ends, type=type, standing=stands)


def _deleted_link(inquiry: Inquiry, id: EntryId) -> Verdict:
    """A deleted link is gone: its ends are erased, and it carries nothing (R11)."""
    return _verdict(inquiry, id, Kind.LINK, causes=(own_cause(id, Fact("R11", DELETED, Ground.DELETED)),))


def _implied(inquiry: Inquiry, id: EntryId) -> Verdict:
    """R10: it carries, and is never released."""
    link, links = inquiry.link(id), inquiry.linkage.links
    if link is None:
        raise NotOnFile(f"{id}: no text of the one cites the other; ask about the records themselves")
    ends = (inquiry.id(int(links.head[link])), inquiry.id(int(links.tail[link])))
    number = inquiry.linkage.nodes.numbers[int(links.tail[link])]
    fact = Fact.plain("R10", Ground.IMPLIED, "text", (number,))
    causes = (own_cause(id, fact), *causes_of_ends(inquiry, link))
    type = type_name(links, inquiry.policy, link)
    return _verdict(inquiry, id, IMPLIED_CITATION, ends, type=type, causes=causes)


def _property(inquiry: Inquiry, asked: str, subject: EntryId) -> Verdict:
    node, value = _node(inquiry, subject), asked[len(subject) + 1 :]
    stated = stated_as(inquiry.line(subject), value)
    if not stated:
        raise _no_such_value(inquiry, asked, subject)
    causes = causes_of_property(inquiry, asked, node, stated)
    if causes:
        return _verdict(inquiry, asked, PROPERTY, (subject,), causes=causes)
    sources = sources_of(inquiry, stated)
    needed = Needing(inquiry).by({node, *(_node(inquiry, source) for source in sources)})
    stands = Standing(sources=sources, decisions=needed)
    return _verdict(inquiry, asked, PROPERTY, (subject,), standing=stands)


def _subject_of(inquiry: Inquiry, asked: str) -> EntryId | None:
    """The subject of a property asked for: the longest part before a `#` that is the id of one."""
    places = [place for place, character in enumerate(asked) if character == "#"]
    for place in reversed(places):
        entry = inquiry.entry(EntryId(asked[:place]))
        if entry is not None and entry.kind is Kind.SUBJECT:
            return entry.id
    return None


def _no_such_value(inquiry: Inquiry, asked: str, subject: EntryId) -> NotOnFile:
    known = readings(inquiry.line(subject))
    more = f" and {len(known) - _NAMED:,} more" if len(known) > _NAMED else ""
    told = ", ".join(printable(f"{subject}#{_cut(reading)}") for reading in known[:_NAMED]) + more
    return NotOnFile(f"{asked}: {subject} has no such property; it has: {told or 'none'}")


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else f"{text[:_MOST_TEXT]}…"


def _node(inquiry: Inquiry, id: EntryId) -> int:
    node = inquiry.node(id)
    if node is None:
        raise changed(id)
    return node


def _held_link(inquiry: Inquiry, id: EntryId) -> int:
    link = inquiry.link(id)
    if link is None:
        raise changed(id)
    return link


def _verdict(
    inquiry: Inquiry,
    asked: str,
    kind: str,
    ends: tuple[EntryId, ...] = (),
    *,
    type: str | None = None,
    causes: tuple[Cause, ...] = (),
    standing: Standing | None = None,
) -> Verdict:
    """The verdict, with a note of every record that it names. standing: of what is released."""
    stands = Standing() if standing is None else standing
    named = {asked, *ends, *_told_by_causes(causes), *_told_by_standing(stands)}
    ids = sorted(EntryId(id) for id in named if inquiry.node(id) is not None)
    inquiry.read(ids)
    return Verdict(
        asked=asked,
        kind=str(kind),
        type=type,
        ends=ends,
        agreement=inquiry.agreement.id,
        partner=inquiry.agreement.partner,
        day=inquiry.today,
        released=standing is not None,
        causes=causes,
        standing=stands,
        records={id: inquiry.note(id) for id in ids},
    )


def _told_by_causes(causes: Iterable[Cause]) -> Iterator[str]:
    for cause in causes:
        yield from (cause.withholds, cause.bearer)
        yield from _told_by_steps(cause.chain or ())


def _told_by_standing(standing: Standing) -> Iterator[str]:
    yield from _told_by_steps((*standing.supporters, *standing.support))
    yield from standing.sources
    yield from (needed.serves for needed in standing.decisions)


def _told_by_steps(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        yield from (step.head, step.tail)
