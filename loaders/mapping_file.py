"""A mapping as TOML, validated whole with the path of each mistake, before a file is opened.

A text has columns in braces, a date a column and the format in which it stands there. What each table may say follows
from what a line of its kind may say (graph.model.FIELDS).

    id_prefix = "pole-"                      # begins every id, so that two sets of files do not meet
    [ignore]                                 # by name: labels, types, and files by pattern
    labels = ["Officer"]
    [every_record]                           # what each record has unless its own table says otherwise
    source_system = "POLE"
    approval = { state = "approved", agent = "…", supervisor = "…" }
    [nodes.Crime]
    kind = "case"
    number = "{id}"
    prepared = { column = "date", format = "%d/%m/%Y" }
    coding = [{ codes = ["UCO"], equals = { type = "Drugs" }, contains = { note = ["covert", "source"] } }]
    [nodes.Person]
    kind = "subject"
    created = 2017-08-31                     # a day that all rows have
    properties = [
      { name = "name", value = "{name} {surname}" },
      { name = "identifier", value = "{no}", access_codes = ["MED"] },
    ]
    [relationships.PARTY_TO]
    link = "PARTY_TO"
    reverse = false                          # true: from the row's end to its start
"""

import tomllib
from collections import abc
from datetime import date, datetime
from typing import Any, Final

import msgspec

from graph.model import FIELDS, IMPLIED, RECORD_KINDS, Kind
from graph.strict import read_table
from loaders.cells import Coding, Day, Rule, Text, is_format
from loaders.mapping import Mapping, NodeMapping, PropertyMapping, RelationshipMapping, Source, misfit


def read_mapping(text: str, source: str) -> Mapping:
    """The mapping that a TOML text states. Raises MappingError with every mistake found."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise misfit(source, [f"not TOML: {error}"]) from None
    mistakes: list[str] = []
    raw = read_table(_Mapping, tables, "", mistakes)
    mapping = None if raw is None else _Reading(raw, mistakes).mapping(source)
    if mapping is None or mistakes:
        raise misfit(source, mistakes)
    return mapping


class _Ignore(msgspec.Struct, frozen=True):
    labels: list[str] = []
    types: list[str] = []
    files: list[str] = []


class _Approval(msgspec.Struct, frozen=True):
    state: str
    agent: str
    supervisor: str
    date: Any = None


class _Every(msgspec.Struct, frozen=True):
    source_system: str | None = None
    office: str | None = None
    approval: dict[str, Any] | None = None
    access_codes: list[str] | None = None


class _Rule(msgspec.Struct, frozen=True):
    codes: list[str]
    equals: dict[str, Any] = {}
    contains: dict[str, Any] = {}


class _Property(msgspec.Struct, frozen=True):
    name: str
    value: Any
    access_codes: list[str] = []


class _Day(msgspec.Struct, frozen=True):
    column: str
    format: str


class _Relationship(msgspec.Struct, frozen=True):
    link: str
    reverse: bool = False
    role: str | None = None
    since: Any = None
    until: Any = None
    access_codes: list[str] = []
    coding: list[Any] = []


class _Mapping(msgspec.Struct, frozen=True):
    id_prefix: str
    ignore: dict[str, Any] = {}
    every_record: dict[str, Any] = {}
    nodes: dict[str, Any] = {}
    relationships: dict[str, Any] = {}


def _shape(kind: Kind) -> type[msgspec.Struct]:
    """The table of a label: what a line of its kind may say (graph.model.FIELDS), and how it is coded."""
    fields: list[tuple[str, Any, Any]] = [("source_system", str | None, None)]
    fields += [(name, str | None, None) for name in FIELDS[kind].text]
    fields += [(name, Any, None) for name in FIELDS[kind].dates]
    fields += [("approval", dict[str, Any] | None, None), ("access_codes", list[str] | None, None)]
    fields += [("coding", list[Any], [])]
    fields += [("properties", list[Any], [])] if kind is Kind.SUBJECT else []
    return msgspec.defstruct(f"_{kind}", [("kind", str), *fields], frozen=True)


_SHAPES: Final = {kind.value: _shape(kind) for kind in RECORD_KINDS}


class _Reading:
    """One reading of a mapping's tables: each is read whatever is wrong with the others."""

    def __init__(self, raw: _Mapping, mistakes: list[str]) -> None:
        self.raw = raw
        self.mistakes = mistakes
        self.needs: dict[str, str] = {}

    def mapping(self, source: str) -> Mapping | None:
        raw = self.raw
        if not raw.id_prefix or raw.id_prefix.startswith(IMPLIED):
            self.mistakes.append(f"id_prefix: must not be empty, nor begin with {IMPLIED}")
        ignore = read_table(_Ignore, raw.ignore, "ignore", self.mistakes)
        every = read_table(_Every, raw.every_record, "every_record", self.mistakes)
        nodes = {label: self._node(label, table, every or _Every()) for label, table in raw.nodes.items()}
        relationships = {type: self._relationship(type, table) for type, table in raw.relationships.items()}
        if ignore is None:
            return None
        self._not_both("nodes", nodes, "labels", ignore.labels)
        self._not_both("relationships", relationships, "types", ignore.types)
        return Mapping(
            source=source,
            id_prefix=raw.id_prefix,
            nodes={label: node for label, node in nodes.items() if node is not None},
            relationships={type: link for type, link in relationships.items() if link is not None},
            ignored_labels=frozenset(ignore.labels),
            ignored_types=frozenset(ignore.types),
            ignored_files=tuple(ignore.files),
        )

    def _not_both(self, table: str, mapped: abc.Iterable[str], listed: str, ignored: list[str]) -> None:
        for name in mapped:
            if name in ignored:
                self.mistakes.append(f"{table}.{name}: is in ignore.{listed} too; leave it out of one")

    def _node(self, label: str, table: object, every: _Every) -> NodeMapping | None:
        path, self.needs = f"nodes.{label}", {}
        kind = table.get("kind") if isinstance(table, abc.Mapping) else None
        if not isinstance(kind, str) or kind not in _SHAPES:
            self.mistakes.append(
                f"{path}.kind: expected one of {', '.join(_SHAPES)}; or list the label in ignore.labels"
            )
            return None
        raw: Any = read_table(_SHAPES[kind], table, path, self.mistakes)
        if raw is None:
            return None
        return NodeMapping(
            kind=Kind(kind),
            fields=self._fields(Kind(kind), raw, every, path),
            approval=self._approval(raw, every, path),
            coding=self._coding(_or(raw.access_codes, every.access_codes) or [], raw.coding, path),
            properties=self._properties(getattr(raw, "properties", []), f"{path}.properties"),
            needs=self.needs,
        )

    def _fields(self, kind: Kind, raw: Any, every: _Every, path: str) -> dict[str, Source]:
        texts = {name: getattr(raw, name) for name in FIELDS[kind].text}
        texts["source_system"] = _or(raw.source_system, every.source_system)
        texts["office"] = _or(raw.office, every.office)
        fields: dict[str, Source] = {
            name: self._text(text, f"{path}.{name}") for name, text in texts.items() if text is not None
        }
        return fields | self._days(FIELDS[kind].dates, raw, path)

    def _days(self, names: abc.Iterable[str], raw: Any, path: str) -> dict[str, Source]:
        stated = {name: getattr(raw, name) for name in names if getattr(raw, name) is not None}
        days = {name: self._day(value, f"{path}.{name}") for name, value in stated.items()}
        return {name: day for name, day in days.items() if day is not None}

    def _approval(self, raw: Any, every: _Every, path: str) -> dict[str, Source]:
        table = _or(raw.approval, every.approval)
        approval = None if table is None else read_table(_Approval, table, f"{path}.approval", self.mistakes)
        if approval is None:
            return {}
        stated = msgspec.structs.asdict(approval)
        persons: dict[str, Source] = {
            name: self._text(stated[name], f"{path}.approval.{name}")
            for name in ("state", "agent", "supervisor")
        }
        return persons | self._days(["date"], approval, f"{path}.approval")

    def _coding(self, always: list[str], rules: list[Any], path: str) -> Coding:
        read = [self._rule(rule, f"{path}.coding[{place}]") for place, rule in enumerate(rules)]
        return Coding(tuple(always), tuple(rule for rule in read if rule is not None))

    def _rule(self, table: object, path: str) -> Rule | None:
        raw = read_table(_Rule, table, path, self.mistakes)
        if raw is None:
            return None
        if not raw.equals and not raw.contains:
            self.mistakes.append(f"{path}: no condition; codes of every row stand in access_codes")
        equals = {
            column: self._any_of(texts, f"{path}.equals.{column}") for column, texts in raw.equals.items()
        }
        contains = {
            column: self._any_of(texts, f"{path}.contains.{column}") for column, texts in raw.contains.items()
        }
        self._need(raw.equals, f"{path}.equals")
        self._need(raw.contains, f"{path}.contains")
        return Rule(tuple(raw.codes), equals, contains)

    def _any_of(self, texts: object, path: str) -> frozenset[str]:
        listed = [texts] if isinstance(texts, str) else texts
        if isinstance(listed, list) and listed and all(isinstance(text, str) for text in listed):
            return frozenset(listed)
        self.mistakes.append(f"{path}: expected a text, or a list of texts any of which will do")
        return frozenset()

    def _properties(self, tables: list[Any], path: str) -> tuple[PropertyMapping, ...]:
        read = [self._property(table, f"{path}[{place}]") for place, table in enumerate(tables)]
        return tuple(prop for prop in read if prop is not None)

    def _property(self, table: object, path: str) -> PropertyMapping | None:
        raw = read_table(_Property, table, path, self.mistakes)
        if raw is None:
            return None
        value: Source | None
        if isinstance(raw.value, str):
            value = self._text(raw.value, f"{path}.value")
        else:
            value = self._day(raw.value, f"{path}.value")
        return None if value is None else PropertyMapping(raw.name, value, tuple(raw.access_codes))

    def _relationship(self, type: str, table: object) -> RelationshipMapping | None:
        path, self.needs = f"relationships.{type}", {}
        raw = read_table(_Relationship, table, path, self.mistakes)
        if raw is None:
            return None
        role: dict[str, Source] = {} if raw.role is None else {"role": self._text(raw.role, f"{path}.role")}
        fields = role | self._days(FIELDS[Kind.LINK].dates, raw, path)
        coding = self._coding(raw.access_codes, raw.coding, path)
        return RelationshipMapping(raw.link, raw.reverse, fields, coding, self.needs)

    def _text(self, template: str, path: str) -> Text:
        text = Text.read(template, path, self.mistakes)
        self._need(text.columns, path)
        return text

    def _day(self, value: object, path: str) -> Source | None:
        """A day that all rows have, or a column of dates in a stated format."""
        if isinstance(value, date) and not isinstance(value, datetime):
            return Text((value.isoformat(),))
        if not isinstance(value, abc.Mapping):
            self.mistakes.append(
                f'{path}: expected a day like 2009-05-08, without quotes, or {{ column = "…", format = "…" }}'
            )
            return None
        raw = read_table(_Day, value, path, self.mistakes)
        if raw is None:
            return None
        if not is_format(raw.format):
            self.mistakes.append(
                f"{path}.format: states no whole day with its century; an example is %d/%m/%Y"
            )
        self._need([raw.column], path)
        return Day(raw.column, raw.format)

    def _need(self, columns: abc.Iterable[str], path: str) -> None:
        for column in columns:
            self.needs.setdefault(column, path)


def _or(own: Any, every: Any) -> Any:
    return every if own is None else own
