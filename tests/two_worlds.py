"""Pairs of holdings that differ only in what one agreement may not see, each loaded and published whole.

Each way of differing takes a random world and makes the other one of the pair. Those in ALWAYS give the same release:
holdings cut down to it by R13, another order of the lines by DESIGN 3. Those in MOSTLY most often do: what is added or
changed is withheld, but now and then it withholds something in turn, and then the two are no pair.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from unittest.mock import patch

import orjson

from graph.agreement import agreement_of
from graph.draft import Rules
from graph.keys import naming
from graph.policy_file import policy_of
from graph.release import Content
from schema.execute import Answering
from tests import specification
from tests.building import KEYS, NDEX, Agency, moment
from tests.holdings_strategy import World
from tests.partner_client import Client
from tests.plain_lines import Made, case, delete, document, link, prop, subject
from tests.random_questions import Questions
from tests.specification.lines import held

Lines = Sequence[Made]
Differing = Callable[[World, Lines, random.Random], Agency]
"""Makes the other one of a pair; both have published the lines that are given first, so that something has changed."""

_CURSORS: Final = """
query ($ids: [ID!]!) {
  cases { edges { cursor } } documents { edges { cursor } } subjects { edges { cursor } }
  changes { edges { cursor } }
  nodes(ids: $ids) { ... on Record { links { edges { cursor } } } }
}"""


def empty(world: World, *, alone: bool = False, **stores: Any) -> Agency:
    """An agency with a world's rules and day. alone: with no other agreement. stores: if not in memory."""
    policy = policy_of(world.policy)
    stated = [
        agreement_of(each, policy, "agreements/a.toml") for each in world.agreements[: 1 if alone else 2]
    ]
    return Agency(Rules(policy, {each.id: each for each in stated}), now=moment(world.today), **stores)


def made(world: World, *batches: Lines, alone: bool = False) -> Agency:
    """An agency that has loaded and published these lines, batch by batch."""
    agency = empty(world, alone=alone)
    for batch in batches:
        agency.load(*batch)
        agency.publish()
    return agency


def as_it_is(world: World, before: Lines) -> Agency:
    """The one of each pair."""
    return made(world, before, world.lines)


def some_of(world: World, rng: random.Random) -> Lines:
    """Some of what will be released: what both of a pair begin with."""
    return [line for line in cut(world) if rng.random() < 0.7]


# --- the other one ---


def cut(world: World) -> list[Made]:
    """The lines that the agreement may see, and what was decided of them."""
    return [
        dict(line)
        for line in specification.cut_down(world.lines, world.policy, world.agreements[0], world.today)
    ]


def cut_down(world: World, before: Lines, _rng: random.Random) -> Agency:
    """It holds what the agreement may see, and nothing else. No other agreement is on file."""
    return made(world, before, cut(world), alone=True)


def at_first_cut_down(world: World, before: Lines, _rng: random.Random) -> Agency:
    """What is withheld is loaded, and judged, after the rest was published."""
    return made(world, before, cut(world), world.lines)


def in_another_order(world: World, before: Lines, rng: random.Random) -> Agency:
    """What stands, in any order."""
    holdings = held(world.lines)
    deleted = [ident for ident, record in holdings.records.items() if record.deleted]
    lines = [dict(line) for line in world.lines if line["id"] in deleted]
    standing = [record.line for ident, record in holdings.records.items() if ident not in deleted]
    standing += [*holdings.links.values(), *holdings.clearances.values(), *holdings.consents.values()]
    shuffled = [dict(line) for line in standing]
    rng.shuffle(shuffled)
    return made(world, before, [*lines, *shuffled])


def with_more_that_is_withheld(world: World, before: Lines, rng: random.Random) -> Agency:
    """More records, links, numbers, texts and deletions, all withheld, tied to whatever is there."""
    idents = [str(line["id"]) for line in world.lines if line["kind"] in ("case", "document", "subject")]
    cases, documents, subjects = (
        [i for i in idents if i[0] == letter] or [f"{letter}-0"] for letter in "CDS"
    )
    code = rng.choice(["T3", "BSA", "NO SUCH CODE"])
    asserted = {"sources": ["W-2"], "role": "withheld role"}
    more = [
        case("W-1", "NY09-0900", title="Withheld title", status="closed", access_codes=[code]),
        document("W-2", "NY09-0900-001", f"On {rng.choice(idents)}", title="Withheld", access_codes=[code]),
        subject("W-3", prop("name", "Withheld Name"), access_codes=[code]),
        case("W-4", "NY09-0901", title="Gone"),
        delete("W-4"),
        link("W-5", "W-3", "SUBJECT_OF", rng.choice(cases)),
        link("W-6", "W-2", "MENTIONS", rng.choice(subjects)),
        link("W-7", "W-2", "CITES", rng.choice(documents)),
        link("W-8", "W-1", "RELATED_TO", rng.choice(cases)),
        link("W-9", rng.choice(subjects), "KNOWS", "W-3", **asserted),
        link("W-10", rng.choice(subjects), "KNOWS", rng.choice(subjects), **asserted),
        link("W-11", rng.choice(cases), "CONTAINS", "W-2"),
    ]
    lines = [*world.lines, *more]
    return made(world, before, lines if rng.random() < 0.5 else [*more, *world.lines])


def with_other_words_in_what_is_withheld(world: World, before: Lines, rng: random.Random) -> Agency:
    """Other titles, texts, names, statuses, codes and people in each record that is not released."""
    shown = {line["id"] for line in cut(world)}

    def changed(line: Made) -> Made:
        if line["kind"] not in ("case", "document", "subject") or line["id"] in shown:
            return line
        words: Made = {
            "title": "Other",
            "narrative": "Other NY09-0900",
            "synopsis": "Other",
            "author": "other",
        }
        words |= {"status": "open", "opened": "2011-11-11", "approval": {"state": "submitted"}}
        if line["kind"] == "subject":
            words |= {"properties": [prop("name", "Other Name", access_codes=["CS"])], "type": "vehicle"}
        return {**line, **words, "access_codes": [rng.choice(["UCO", "6E", "none of the book"])]}

    return made(world, before, [changed(dict(line)) for line in world.lines])


ALWAYS: Final[tuple[Differing, ...]] = (cut_down, at_first_cut_down, in_another_order)
MOSTLY: Final[tuple[Differing, ...]] = (with_more_that_is_withheld, with_other_words_in_what_is_withheld)


# --- asking both ---


@contextmanager
def executed(*, plans: bool) -> Iterator[None]:
    """What answers in a partner app that is made meanwhile: compiled plans, or graphql-core alone."""
    with patch("server.partner.app.Answering", partial(Answering, plans=plans)):
        yield


@dataclass(frozen=True)
class Pair:
    """Two agencies whose releases must not be told apart, and the day."""

    one: Agency
    other: Agency
    today: int

    def contents(self) -> list[Content | None]:
        """What each has released."""
        releases = [agency.releases.read(NDEX) for agency in (self.one, self.other)]
        return [None if release is None else release.content for release in releases]

    def client(self, agency: Agency) -> Client:
        """A user of the partner, asking one of them."""
        return Client(agency.releases, day=lambda _timezone: self.today)

    def questions(self, schema: Any, rng: random.Random) -> Questions:
        """Questions with the words of both, withheld ones included, and cursors of the one."""
        words = sorted({word for agency in (self.one, self.other) for word in _words(agency)})
        release = self.one.releases.read(NDEX)
        if release is None:
            return Questions(schema, words, rng)
        versions = [name for _, name in release.history.names]
        cursors = self._cursors(release.content)
        return Questions(schema, words, rng, known={"since": versions, "after": cursors, "before": cursors})

    def _cursors(self, content: Content) -> list[str]:
        asked = {"query": _CURSORS, "variables": {"ids": [*content.records][:100]}}
        found = _found(self.client(self.one).post(asked).json(), "cursor")
        return [cursor for cursor in found if isinstance(cursor, str)]


def _words(agency: Agency) -> Iterator[str]:
    """Every id, as held and as it is named for the agreement, and every short text of the holdings and the policy."""
    name = naming(KEYS, NDEX)
    for entry in agency.holdings.entries():
        yield from (entry.id, name(entry.id))
        yield from (text for text in _texts(orjson.loads(entry.line)) if len(text) < 60)
    yield from agency.rules.policy.categories
    yield from ("", "x", "NY03", "Plain", "CONTAINS", "KNOWS", "name")


def _texts(told: Any) -> Iterator[str]:
    match told:
        case str():
            yield told
        case Mapping():
            yield from (text for part in told.values() for text in _texts(part))
        case list() | tuple():
            yield from (text for part in told for text in _texts(part))


def _found(told: Any, key: str) -> Iterator[object]:
    """What stands under a key, anywhere in JSON."""
    if isinstance(told, dict):
        yield from (part for name, part in told.items() if name == key)
        yield from (found for part in told.values() for found in _found(part, key))
    elif isinstance(told, list):
        yield from (found for part in told for found in _found(part, key))
