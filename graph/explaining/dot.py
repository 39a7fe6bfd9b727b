"""A verdict as a graph for Graphviz: records as boxes, links the way that something passes, base facts as notes.

A dashed link is a number in a text; a dotted line ties a fact to what has it. No colour carries a meaning.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from graph.explaining.causes import Cause, Fact, Ground, Note, Step, Verdict
from graph.printable import printable

_SHAPES: Final = {"case": "folder", "document": "box", "subject": "ellipse"}


def dot_lines(verdict: Verdict) -> Iterator[str]:
    """The lines of the graph, in the DOT language."""
    yield "digraph explanation {"
    yield "  rankdir=LR;"
    yield f"  label={_quoted(_title(verdict))};"
    yield from _nodes(verdict)
    yield from _edges(verdict)
    facts = dict.fromkeys((_where(cause), cause.fact) for cause in verdict.causes)
    for place, (where, fact) in enumerate(facts, start=1):
        yield from _fact(f"cause {place}", where, fact)
    yield from _sources(verdict)
    for needed in verdict.standing.decisions:
        text = f"{needed.kind} {needed.id}\n{needed.category}\nuntil {needed.expires}"
        yield f"  {_quoted(needed.id)} [shape=note, label={_quoted(text)}];"
        yield f"  {_quoted(needed.id)} -> {_quoted(needed.serves)} [style=dotted, arrowhead=none];"
    yield "}"


def _title(verdict: Verdict) -> str:
    done = "released to" if verdict.released else "withheld from"
    day = date.fromordinal(verdict.day).isoformat()
    return f"{verdict.asked} is {done} {verdict.agreement} on {day}"


def _nodes(verdict: Verdict) -> Iterator[str]:
    for id, note in verdict.records.items():
        bold = ", penwidth=3" if id == verdict.asked else ""
        yield f"  {_quoted(id)} [shape={_shape(note)}, label={_quoted(_text(note))}{bold}];"
    if verdict.asked not in verdict.records:
        text = f"{verdict.asked}\n{verdict.kind}"
        yield f"  {_quoted(verdict.asked)} [shape=diamond, label={_quoted(text)}, penwidth=3];"
    for end, way in zip(verdict.ends, ("none", "normal"), strict=False):
        yield f"  {_quoted(verdict.asked)} -> {_quoted(end)} [arrowhead={way}];"


def _shape(note: Note) -> str:
    return "octagon" if note.kind is None else _SHAPES[note.kind]


def _text(note: Note) -> str:
    kind = note.kind or "never loaded"
    deleted = "deleted " if note.deleted else ""
    codes = ", ".join(note.codes)
    return "\n".join(filter(None, (note.id, f"{deleted}{kind} {note.number or ''}".strip(), codes)))


def _edges(verdict: Verdict) -> Iterator[str]:
    """Each way along a link once, with every reason that passes along it."""
    passing: dict[Step, dict[str, None]] = {}
    for cause in verdict.causes:
        for step in cause.chain or ():
            passing.setdefault(step, {})[cause.fact.reason] = None
    for step in (*verdict.standing.support, *verdict.standing.supporters):
        passing.setdefault(step, {})["support"] = None
    for step, reasons in passing.items():
        style = "dashed" if step.implied else "solid"
        text = "\n".join((step.link, step.type or "no type", *reasons))
        yield f"  {_quoted(step.giver)} -> {_quoted(step.taker)} [style={style}, label={_quoted(text)}];"


def _fact(name: str, where: str, fact: Fact) -> Iterator[str]:
    """A note of the fact, tied to what has it."""
    field, found = fact.field or fact.ground.value, ", ".join(fact.found)
    text = f"{fact.reason} ({fact.rule})\n{field}" + (f": {found}" if found else "")
    yield f"  {_quoted(name)} [shape=note, label={_quoted(text)}];"
    yield f"  {_quoted(name)} -> {_quoted(where)} [style=dotted, arrowhead=none];"


def _sources(verdict: Verdict) -> Iterator[str]:
    """From each document that asserts it to what was asked for."""
    withheld = (
        c.bearer for c in verdict.causes if c.fact.ground in (Ground.SOURCE_WITHHELD, Ground.NO_DOCUMENT)
    )
    for source in (*withheld, *verdict.standing.sources):
        yield f"  {_quoted(source)} -> {_quoted(verdict.asked)} [style=dotted, label=asserts];"


def _where(cause: Cause) -> str:
    """The node that has the fact; of a link that is not open, the end that it would support."""
    if cause.chain and cause.chain[0].link == cause.bearer:
        return cause.chain[0].taker
    return cause.bearer


def _quoted(text: str) -> str:
    """A string of the DOT language: it knows `\\n` for a new line, and nothing else of a text may reach the program."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{printable(escaped)}"'
