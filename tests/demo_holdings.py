"""The demo holdings at their usual size, made once: for tests that only look at them."""

import re
from functools import cache
from typing import Any

from loaders.sample import sample_lines

Line = dict[str, Any]
RECORDS = {"case", "document", "subject"}
NUMBER = re.compile(r"[A-Z]{2}[0-9]{2}-[0-9]{4}(?:-[0-9]{3})?")
NEVER_LOADED = "BF97-0143-002"
"""The number of the one report that is cited and is not there."""


@cache
def lines() -> list[Line]:
    """All lines, in their order."""
    return list(sample_lines())


@cache
def records() -> dict[str, Line]:
    """The cases, documents and subjects by id, deleted ones too."""
    return {line["id"]: line for line in lines() if line["kind"] in RECORDS}


@cache
def links() -> list[Line]:
    """The links, deleted ones too."""
    return of_kind("link")


def of_kind(*kinds: str) -> list[Line]:
    """The lines of these kinds, in their order."""
    return [line for line in lines() if line["kind"] in kinds]


def days(line: Line) -> list[str]:
    """What the line has in fields that hold whole days."""
    return [line[name] for name in ("prepared", "created", "opened", "closed", "effective") if name in line]
