"""The short notation of holdings: each line stands for JSON Lines as DESIGN 3 has them, the unsaid filled in.

A plain record has just what it needs to be in scope under the policy, so that a scenario says only what it is
about. A field, code or link type that is not known is a mistake; what is unknown on purpose is written as JSON.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import orjson

from graph.model import FIELDS, RECORD_KINDS, Kind
from graph.numbers import fold
from graph.policy import Policy
from server.scenarios.arrows import Arrow, drawn, is_drawn
from server.scenarios.words import LEFT_OUT, Misstated, assigned, several, stated_property, words

LONG_AGO: Final = date(2010, 1, 1)
"""When a record was prepared, or the policy's floor if that is later."""

FOR_LONG: Final = {"effective": "2000-01-01", "expires": "2100-01-01"}
_TWO_PERSONS: Final = {"requested_by": "agent", "approved_by": "supervisor"}
_NO_CODES: Final = "-"

Line = dict[str, Any]


@dataclass(slots=True)
class Notation:
    """One scenario's notation. numbers: what stands for a number that is not said, `#` for each digit.

    loaded: every id that some line has brought so far, for what is expected to be of them.
    """

    policy: Policy
    agreements: Sequence[str]
    numbers: str
    loaded: set[str] = field(default_factory=set)
    _numbered: dict[str, str] = field(default_factory=dict)

    def lines(self, text: str, path: str, mistakes: list[str]) -> tuple[bytes, ...]:
        """The lines that a text stands for; what is wrong with one is added to the mistakes, with its place."""
        written: list[bytes] = []
        for place, line in enumerate(text.splitlines(), start=1):
            try:
                written += self._written(line.strip())
            except Misstated as mistake:
                mistakes.append(f"{path} line {place}: {mistake}")
        return tuple(written)

    def _written(self, line: str) -> Iterator[bytes]:
        if line.startswith("{"):
            self._note(line)
            yield line.encode()
            return
        for meant in self._meant(words(line)):
            self.loaded.add(meant["id"])
            yield orjson.dumps(meant)

    def _note(self, line: str) -> None:
        """Remember the id of a line that is given as JSON, where it can be read: it may be one to be rejected."""
        try:
            id = json.loads(line)["id"]
        except (ValueError, LookupError, TypeError):
            return
        if isinstance(id, str):
            self.loaded.add(id)

    def _meant(self, said: Sequence[str]) -> Iterator[Line]:
        if not said:
            return
        first, rest = said[0], said[1:]
        if first in RECORD_KINDS:
            yield from self._records(Kind(first), rest)
        elif first in (Kind.CLEARANCE, Kind.CONSENT):
            yield self._decision(Kind(first), rest)
        elif first == "delete" and rest:
            yield from ({"kind": "delete", "id": id} for word in self._ids(rest) for id in several(word))
        elif is_drawn(said):
            yield from self._links(*drawn(said))
        else:
            raise Misstated(
                f"{first}: a line begins with case, document, subject, clearance, consent, delete or {{, or is a link"
            )

    def _ids(self, rest: Sequence[str]) -> list[str]:
        """The words of a delete: links as they are drawn, or ids."""
        return [arrow.id for arrow in drawn(rest)[0]] if is_drawn(rest) else list(rest)

    # --- records ---

    def _records(self, kind: Kind, rest: Sequence[str]) -> Iterator[Line]:
        if not rest:
            raise Misstated(f"{kind}: an id is missing")
        self.loaded |= set(several(rest[0]))  # whatever is wrong with the rest: one mistake is told once
        for id in several(rest[0]):
            line = self._plain(kind, id)
            properties = [stated_property(word) for word in rest[1:] if word.startswith(".")]
            if properties and kind is not Kind.SUBJECT:
                raise Misstated(f"{id}: only a subject has properties")
            self._say(line, kind, [word for word in rest[1:] if not word.startswith(".")])
            if kind is not Kind.SUBJECT:
                self._number(line)
            yield line | ({"properties": properties} if properties else {})

    def _plain(self, kind: Kind, id: str) -> Line:
        day = max(LONG_AGO.toordinal(), self.policy.floor)
        return {
            "kind": kind,
            "id": id,
            "source_system": min(self.policy.shared_systems, default=""),
            "office": "HQ",
            "access_codes": self._release_code(),
            "approval": {"state": "approved", "agent": "agent", "supervisor": "supervisor"},
            self.policy.date_fields[kind]: date.fromordinal(day).isoformat(),
        }

    def _release_code(self) -> list[str]:
        return [code for code, word in self.policy.codes.items() if not word][:1]

    def _number(self, line: Line) -> None:
        """A number that is not said: the next one that the scenario's `numbers` gives, and the same whenever it is."""
        if "number" in line:
            if line["number"] is LEFT_OUT:
                del line["number"]
            return
        digits = self.numbers.count("#")
        count = f"{len(self._numbered) + 1:0{digits}}"
        number = self._numbered.setdefault(line["id"], self.numbers.replace("#" * digits, count))
        if not self.policy.patterns.is_number(fold(number)):
            raise Misstated(
                f"{line['id']}: no identifier pattern of the policy matches {number}, made from `numbers`;"
                " state numbers that one does, with # for each digit, or the record's own number=…"
            )
        line["number"] = number

    # --- links, clearances, consents ---

    def _links(self, arrows: Sequence[Arrow], rest: Sequence[str]) -> Iterator[Line]:
        for arrow in arrows:
            self._check_type(arrow)
            line: Line = {
                "kind": "link",
                "id": arrow.id,
                "type": arrow.type,
                "from": arrow.head,
                "to": arrow.tail,
            }
            sources = [word for word in rest if word.startswith("@")]
            for word in sources:
                line["sources"] = several(word[1:])
            self._say(line, Kind.LINK, [word for word in rest if word not in sources])
            yield {name: value for name, value in line.items() if value is not LEFT_OUT}

    def _check_type(self, arrow: Arrow) -> None:
        if (arrow.type in self.policy.links) == arrow.unknown:
            known = "knows" if arrow.unknown else "does not know"
            raise Misstated(f"{arrow.type}: the policy {known} this link type (-?TYPE-> is for unknown ones)")

    def _decision(self, kind: Kind, rest: Sequence[str]) -> Line:
        if len(rest) < 3:
            raise Misstated(f"{kind}: expected {kind} ID CATEGORY and what it is for")
        id, category, *about = rest
        line: Line = {"kind": kind, "id": id, "category": category, "reason": "stated", **_TWO_PERSONS}
        line |= FOR_LONG
        arrows, said = drawn(about) if is_drawn(about) else ([], about[1:])
        if len(arrows) > 1:
            raise Misstated(f"{id}: is for one link, not for {len(arrows)}")
        if (
            kind is Kind.CONSENT
            and len(self.agreements) > 1
            and not any(w.startswith("agreement=") for w in said)
        ):
            raise Misstated(f"{id}: a consent is for one agreement; say agreement=ID")
        line |= self._clears(arrows) if kind is Kind.CLEARANCE else self._consents(arrows, about[0])
        self._say(line, kind, said)
        return {name: value for name, value in line.items() if value is not LEFT_OUT}

    def _clears(self, arrows: Sequence[Arrow]) -> Line:
        if not arrows:
            raise Misstated("a clearance is for a link: FROM -TYPE-> TO")
        [arrow] = arrows
        ends = {"from": arrow.head, "to": arrow.tail}
        return {"link": arrow.id, "type": arrow.type, **ends, "agreements": list(self.agreements)}

    def _consents(self, arrows: Sequence[Arrow], record: str) -> Line:
        about = {"link": arrows[0].id} if arrows else {"record": record}
        return about | {"agreement": self.agreements[0], "granted_by": "originator"}

    # --- codes and fields ---

    def _say(self, line: Line, kind: Kind, said: Sequence[str]) -> None:
        """Put what is said of a line into it: codes, and fields as `key=value`."""
        codes = [word for word in said if "=" not in word]
        if codes:
            line["access_codes"] = self._codes(kind, codes)
        for key, value in (assigned(word) for word in said if "=" in word):
            self._put(line, kind, key, value)

    def _codes(self, kind: Kind, codes: Sequence[str]) -> list[str]:
        if "access_codes" not in FIELDS[kind].names:
            raise Misstated(f"{codes[0]}: a {kind} has no codes; expected key=value")
        if list(codes) == [_NO_CODES]:
            return []
        unknown = [code for code in codes if code not in self.policy.codes]
        if unknown:
            raise Misstated(
                f'{unknown[0]}: not in the code book; if that is meant, write access_codes=["{unknown[0]}"]'
            )
        return list(codes)

    def _put(self, line: Line, kind: Kind, key: str, value: Any) -> None:
        name, dot, part = key.partition(".")
        if name not in FIELDS[kind].names or (dot and name != "approval"):
            known = ", ".join(sorted(FIELDS[kind].names - {"kind", "id"}))
            raise Misstated(
                f"{key}: a {kind} has no such field; known are {known}; if it is meant, write the line as JSON"
            )
        target: Line = line[name] if dot else line
        if value is LEFT_OUT and (part or name) != "number":
            target.pop(part or name, None)
        else:
            target[part or name] = value


def digits_of(numbers: str) -> str | None:
    """What is wrong with a scenario's `numbers`; None where nothing is."""
    count = numbers.count("#")
    return None if count and "#" * count in numbers else "expected one row of #, one for each digit"
