"""Cypher statements: loaded from the files of `cypher/`, one a file, and checked. Nothing else makes Cypher.

A file opens with its header: `// purpose:`, `// parameters:` (none, or one `name: shape` a line) and last `// read`,
`// write` or `// schema`. What a statement is given are parameters; no text is ever put into it.
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
    //\ (?P<mode>read|write|schema)\n
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
    """One Cypher statement. text: without its header. parameters: the names it must be given, all of them."""

    name: str
    purpose: str
    parameters: frozenset[str]
    mode: Mode
    text: str


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
    return Statement(name, purpose, declared, Mode(match["mode"]), match["text"].rstrip())
