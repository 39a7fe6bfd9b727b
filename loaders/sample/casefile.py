"""A case while it is being made: its reports, who is in it, and the links recorded in it.

A case file is forgotten once its lines are written. What later cases may refer to is kept apart, and
bounded (`recent`, `regulars`): that is why the making of holdings of any size takes the same memory.
"""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from loaders.sample.coding import Codes
from loaders.sample.days import Day
from loaders.sample.offices import Office

Line = dict[str, Any]
"""One line of the holdings (DESIGN 3), before it is written as JSON."""


class Reference(NamedTuple):
    """A document of another case, as a later report may cite it."""

    document: str
    number: str
    day: Day
    case: str
    case_number: str


@dataclass(slots=True)
class Subject:
    """A person or thing: `label` is what a narrative calls it, `line` what will be written of it."""

    id: str
    type: str
    label: str
    line: Line

    def is_also_asserted_by(self, document: str) -> None:
        """Adds a document to the sources of the first property, at most eight of them."""
        sources: list[str] = self.line["properties"][0]["sources"]
        if sources and document not in sources and len(sources) < 8:
            sources.append(document)


@dataclass(slots=True)
class Report:
    """A document; `mentions` are the subjects and `named` the numbers of which its text tells."""

    id: str
    number: str
    type: str
    day: Day
    agent: str
    codes: Codes
    corrects: "Report | None" = None
    attachments: "list[Report]" = field(default_factory=list)
    mentions: list[Subject] = field(default_factory=list)
    named: list[str] = field(default_factory=list)


class LinkBook:
    """The links recorded in one case, numbered in the order of their recording."""

    __slots__ = ("lines", "number")

    def __init__(self, number: str) -> None:
        self.number = number
        self.lines: list[Line] = []

    def add(self, kind: str, start: str, end: str, **more: Any) -> Line:
        """Records a link of this type from `start` to `end`; `more` are its further fields."""
        link_id = f"L-{self.number}-{len(self.lines) + 1:03}"
        line = {"kind": "link", "id": link_id, "type": kind, "from": start, "to": end, **more}
        self.lines.append(line)
        return line


@dataclass(slots=True)
class CaseFile:
    """One case: `number` is like `NY03-0001`, `agent` opened it on `day`, `codes` are the case's own."""

    id: str
    number: str
    office: Office
    agent: str
    day: Day
    program: str
    codes: Codes
    links: LinkBook
    reports: list[Report] = field(default_factory=list)
    cast: dict[str, Subject] = field(default_factory=dict)
