"""Cypher statements: loaded from the files of `cypher/`, one a file, and checked. Nothing else makes Cypher.

A file opens with its header: `// purpose:`, `// parameters:` (none, or one `name: shape` a line) and last `// read`,
`// write` or `// schema`. What a statement is given are parameters; no text is put into it but the id of the home that
runs it, at the end of its labels (`home_labels`). One whose last line ends with `, of every home` has its labels as
they are written.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from graph.errors import StoreError

_HEADER: Final = re.compile(
    r"""
    //\ purpose:\ (?P<purpose>\S.*(?:\n//\ {10}.*)*)\n
    //\ parameters:\ (?P<parameters>none|\w+:\ \S.*(?:\n//\ {13}\w+:\ \S.*)*)\n
    //\ (?P<mode>read|write|schema)(?P<of_every_home>,\ of\ every\ home)?\n
    (?P<text>(?!//)\S[^;]*)
    """,
    re.VERBOSE,
)
_DECLARED: Final = re.compile(r"^(?:// +)?(\w+): ", re.MULTILINE)
_USED: Final = re.compile(r"\$(\w+)")


class Mode(StrEnum):
    """What a statement does to the store."""

    READ = "read"
    WRITE = "write"
    SCHEMA = "schema"


@dataclass(frozen=True, slots=True)
class Statement:
    """One Cypher statement. text: without its header. parameters: the names it must be given, all of them.

    of_every_home: its labels are meant as they are written, whichever home runs it.
    """

    name: str
    purpose: str
    parameters: frozenset[str]
    mode: Mode
    text: str
    of_every_home: bool = False


@cache
def statement(name: str) -> Statement:
    """The statement in `cypher/NAME.cypher`. Raises StoreError where the file is not there or its header is wrong."""
    try:
        source = files("cypher").joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise StoreError(
            f"cypher/{name}.cypher is missing; this installation is broken, install caselink again"
        ) from None
    return parse(name, source)


@cache
def schema(prefix: str) -> tuple[Statement, ...]:
    """The constraints and indexes in `cypher/schema/PREFIX_*.cypher`, by name."""
    found = (file.name for file in files("cypher").joinpath("schema").iterdir())
    names = sorted(name.removesuffix(".cypher") for name in found if name.startswith(f"{prefix}_"))
    return tuple(statement(f"schema/{name}") for name in names)


def parse(name: str, source: str) -> Statement:
    """The statement that a file's text is. Raises StoreError where header and statement do not fit."""
    match = _HEADER.fullmatch(source)
    if match is None:
        raise StoreError(
            f"cypher/{name}.cypher does not open with its purpose, parameters, and read or write"
        )
    declared = frozenset(_DECLARED.findall(match["parameters"]))
    used = frozenset(_USED.findall(match["text"]))
    if declared != used:
        differing = ", ".join(sorted(declared ^ used))
        raise StoreError(f"cypher/{name}.cypher states other parameters than it uses: {differing}")
    purpose = re.sub(r"\n// +", " ", match["purpose"])
    text = match["text"].rstrip()
    return Statement(name, purpose, declared, Mode(match["mode"]), text, match["of_every_home"] is not None)
