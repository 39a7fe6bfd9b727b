"""Small Neo4j-style CSV files and a mapping that fits them, each test changing what it is about."""

import json
from pathlib import Path
from typing import Any

from loaders.drawn import Drawn, Rejected
from loaders.mapping import Mapping
from loaders.mapping_file import read_mapping
from loaders.tables import TableFormat

MAPPING = """
id_prefix = "x-"
[ignore]
labels = ["Officer"]
types = ["INVESTIGATED_BY"]
files = ["notes*.csv"]
[every_record]
source_system = "POLICE"
office = "North"
approval = { state = "approved", agent = "clerk", supervisor = "{lead}" }
access_codes = ["REL"]
[nodes.Crime]
kind = "case"
number = "{nr}"
title = "{type} ({nr})"
prepared = { column = "on", format = "%d/%m/%Y" }
coding = [
  { codes = ["UCO", "REL"], equals = { type = ["Drugs", "Arms"] }, contains = { nr = "7" } },
  { codes = ["CS"], contains = { type = ["Dru", "xyz"] } },
]
[nodes.Person]
kind = "subject"
type = "person"
office = "South"
created = 2017-08-31
approval = { state = "draft", agent = "a", supervisor = "b" }
access_codes = []
properties = [
  { name = "name", value = "{first} {last}" },
  { name = "identifier", value = "{ssn}", access_codes = ["MED"] },
  { name = "birth_date", value = { column = "born", format = "%Y%m%d" } },
  { name = "description", value = "a {{person}}" },
]
[relationships.PARTY_TO]
link = "PARTY_TO"
[relationships.KNOWS]
link = "KNOWS"
reverse = true
role = "{how}"
since = { column = "from", format = "%d.%m.%Y" }
access_codes = ["REL"]
coding = [{ codes = ["CS"], equals = { how = "informant" } }]
"""

CRIMES = ":ID,type,nr,on,lead,:LABEL\n"
PERSONS = "nr:ID,first,last,ssn,born:date,:LABEL\n"
KNOWS = ":START_ID,:END_ID,:TYPE,how,from\n"
PARTIES = ":START_ID,:END_ID,:TYPE\n"


def mapping() -> Mapping:
    """The mapping of these files."""
    return read_mapping(MAPPING, "small.toml")


def written(folder: Path, name: str, text: str | bytes) -> Path:
    """A file in the folder."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def drawn(path: Path) -> list[Drawn | Rejected]:
    """All that is drawn from a path."""
    return list(TableFormat(path, mapping()).draw())


def lines(path: Path) -> list[dict[str, Any]]:
    """The lines of a path of which no row is rejected."""
    return [json.loads(line.text) for line in drawn(path) if not _is_rejected(line)]


def ids(path: Path) -> list[str]:
    """The ids of the lines, and of each rejected row its line number, in order."""
    return [
        f"line {line.place.line} rejected" if isinstance(line, Rejected) else json.loads(line.text)["id"]
        for line in drawn(path)
    ]


def rejections(path: Path) -> list[tuple[int, str, str, str | None, tuple[str, ...]]]:
    """Of each rejected row: its line, path, sentence, own id, and the ids that it names."""
    return [
        (line.place.line, line.path, line.sentence, line.by, line.named)
        for line in drawn(path)
        if isinstance(line, Rejected)
    ]


def _is_rejected(line: Drawn | Rejected) -> bool:
    if isinstance(line, Rejected):
        raise AssertionError(line)
    return False
