"""Pairs of agencies that differ only in what does not exist for an officer, by the specification: DESIGN 6, readers.

The other one has other words in each record that is hidden from him, more such records with links, decisions about
them, and names them as sources of what he sees. What he sees is the same in both, by the specification, and so is
whether each of it is released.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from graph.agreement import agreement_of
from graph.draft import Rules
from graph.policy_file import policy_of
from tests import specification
from tests.building import Agency, moment
from tests.holdings_strategy import World
from tests.plain_lines import Made, case, clearance, document, link, prop, subject
from tests.specification.lines import held

HIDDEN: Final = ("title_iii", "bank_secrecy")
READERS: Final = ["Chief", " the deputy "]
CODES: Final = ("T3", "BSA")


@dataclass(frozen=True)
class Known:
    """By the specification: what an officer who is on no list sees, and of that what each agreement has."""

    seen: frozenset[str]
    released: tuple[tuple[Any, ...], ...]


def with_readers(world: World) -> World:
    """The world under a policy in which two categories have lists of readers."""
    categories = {
        name: table | ({"readers": READERS} if name in HIDDEN else {})
        for name, table in world.policy["categories"].items()
    }
    return World(
        world.lines, world.policy | {"categories": categories}, world.agreements, world.today, frozenset()
    )


def agency_of(world: World, lines: Sequence[Made]) -> Agency:
    """An agency that has loaded these lines."""
    policy = policy_of(world.policy)
    stated = [agreement_of(each, policy, "agreements/a.toml") for each in world.agreements]
    agency = Agency(Rules(policy, {each.id: each for each in stated}), now=moment(world.today))
    agency.load(*lines)
    agency.publish()
    return agency


def hidden(world: World, lines: Sequence[Made]) -> set[str]:
    """The ids of the records that do not exist for who is on no list: by the closure without decisions."""
    undecided = [line for line in lines if line["kind"] not in ("clearance", "consent")]
    causes = specification.causes(undecided, _plain(world), world.agreements[0], world.today)
    return {ident for ident, reasons in causes.items() if reasons & set(HIDDEN)}


def known(world: World, lines: Sequence[Made]) -> Known:
    """What is known of these lines to who is on no list."""
    gone, holdings = hidden(world, lines), held(lines)
    seen = holdings.records.keys() - gone
    links = _links_but_those_with(gone, holdings.links, world)
    had = []
    for agreement in world.agreements:
        release = specification.release(lines, _plain(world), agreement, world.today)
        had.append(
            (
                sorted(seen & set(release["records"])),
                sorted(links & set(release["links"])),
                [list(each) for each in release["properties"] if each[0] in seen],
                {ident: shown for ident, shown in release["fields"].items() if ident in seen},
                {ident: _role(shown) for ident, shown in release["link_fields"].items() if ident in links},
            )
        )
    return Known(frozenset(seen | links), tuple(tuple(each) for each in had))


def with_other_things_hidden(world: World, rng: random.Random) -> list[Made]:
    """The lines, with other words in what is hidden, and more of it."""
    gone = hidden(world, world.lines)
    lines = [_reworded(line, rng) if line["id"] in gone else _sourced(line) for line in world.lines]
    ends = [*sorted(gone), "W-1", "W-2", "W-3"]
    seen = sorted(held(world.lines).records.keys() - gone)
    any_of = [*ends, *seen]
    code = rng.choice(CODES)
    tie = link("W-6", "W-2", "CITES", rng.choice(any_of))
    more = [
        case("W-1", "NY09-0900", title="Hidden title", access_codes=[code]),
        document("W-2", "NY09-0900-001", "Hidden words", title="Hidden", access_codes=[code]),
        subject("W-3", prop("name", "Hidden Name"), access_codes=[code]),
        link("W-5", "W-1", "CONTAINS", "W-2", see="C-1"),
        tie,
        clearance("W-8", tie, "uncoded"),
    ]
    if rng.random() < 0.3:  # these may carry what is hidden to what is seen, and then the two are no pair
        type = rng.choice(["KNOWS", "RELATED_TO", "MENTIONS"])
        more.append(link("W-4", rng.choice(seen or ends), type, rng.choice(ends)))
        more.append(link("W-7", rng.choice(any_of), "SUBJECT_OF", "W-1"))
    return [*more, *lines] if rng.random() < 0.5 else [*lines, *more]


def words_of(agencies: Sequence[Agency], policy: Mapping[str, Any]) -> list[str]:
    """Every id and every short text of the holdings, and the words of the policy."""
    words = {"", "x", "NY03", "Hidden", "ndex", "county", *policy["categories"], *policy["links"]}
    for agency in agencies:
        for entry in agency.holdings.entries():
            words.add(entry.id)
            words |= set(_texts(orjson.loads(entry.line)))
    return sorted(word for word in words if len(word) < 60)


def _links_but_those_with(
    gone: set[str], held_links: Mapping[str, Mapping[str, Any]], world: World
) -> set[str]:
    """The ids of the links that are seen: an end may be any id, that of a hidden link too."""
    hidden_links = {ident for ident, line in held_links.items() if _is_hidden(line, world)}
    while tied := {
        ident
        for ident, line in held_links.items()
        if {line["from"], line["to"]} & (gone | hidden_links) and ident not in hidden_links
    }:
        hidden_links |= tied
    return held_links.keys() - hidden_links


def _role(shown: Mapping[str, Any]) -> dict[str, Any]:
    """What is shown of a link but its sources: a role and dates are, if all of its sources are released."""
    return {name: value for name, value in shown.items() if name != "sources"}


def _plain(world: World) -> dict[str, Any]:
    """The policy as the specification reads it, which knows no readers."""
    tables = world.policy["categories"]
    categories = {name: {k: v for k, v in t.items() if k != "readers"} for name, t in tables.items()}
    return world.policy | {"categories": categories}


def _is_hidden(line: Mapping[str, Any], world: World) -> bool:
    """A link's own categories, by its codes and its type."""
    codes, book = line.get("access_codes", []), world.policy["codes"]
    own = {book.get(code) for code in codes if isinstance(code, str)} if isinstance(codes, list) else set()
    type = world.policy["links"].get(line.get("type"), {}) if isinstance(line.get("type"), str) else {}
    return bool((own | {type.get("category")}) & set(HIDDEN))


def _reworded(line: Made, rng: random.Random) -> Made:
    """Other words, in fields that no rule reads as a number, a code or a link."""
    if line["kind"] not in ("case", "document", "subject"):
        return line
    words: Made = {"author": "other", "seen_by": rng.choice(["one", "two"])}
    words |= {"properties": [prop("name", "Other Name")]} if line["kind"] == "subject" else {}
    return {**line, **words}


def _sourced(line: Made) -> Made:
    """The same, which names what is hidden as one more source, wherever it names any."""
    changed = dict(line)
    if line["kind"] == "link" and _are_ids(line.get("sources")):
        changed["sources"] = [*line["sources"], "W-2"]
    if line["kind"] == "subject" and isinstance(line.get("properties"), list):
        changed["properties"] = [
            {**each, "sources": [*each["sources"], "W-2"]}
            if isinstance(each, dict) and _are_ids(each.get("sources"))
            else each
            for each in line["properties"]
        ]
    return changed


def _are_ids(sources: object) -> bool:
    return isinstance(sources, list) and bool(sources) and all(isinstance(each, str) for each in sources)


def _texts(told: Any) -> list[str]:
    if isinstance(told, str):
        return [told]
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [text for part in parts for text in _texts(part)]
