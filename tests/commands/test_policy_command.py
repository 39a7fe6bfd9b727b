"""`caselink policy show`: the policy as a person reads it, and as JSON that says what the file says."""

from pathlib import Path
from typing import Any

from hypothesis import given, settings

from graph.policy import MOST_CATEGORIES, SYSTEM_CATEGORIES, WORDS
from graph.policy_file import policy_of
from server.commands.columns import WIDTH
from server.commands.policy_json import policy_json
from server.commands.policy_text import policy_lines
from tests import worked_example
from tests.building import policy
from tests.command_line import Desk
from tests.policy_strategy import policies

SMALL = {
    "id": "small",
    "title": "A small policy \x1b[2J",
    "shared_systems": ["B", "A", "OLD"],
    "excluded_systems": ["OLD"],
    "identifier_patterns": ["[A-Z]{2}[0-9]{2}"],
    "offices": {"SAC-NY": {"contact": "+1 555 0100"}},
    "review": {"categories": {"wire": 90}, "old_after": 9, "old_days": 30},
    "implied_citation": "CITES",
    "categories": {
        "wire": {"label": "Wire intercepts", "authority": "18 U.S.C. 2510-2523"},
        "third": {"label": "Third agency rule", "waivable": True, "words": ["third agency", "TA"]},
    },
    "codes": {"REL": "release", "T3": "wire", "TAR": "third", "TA2": "third"},
    "dates": worked_example.policy()["dates"],
    "needs_support": worked_example.policy()["needs_support"],
    "links": {
        "CITES": {"from": ["document"], "to": ["document"], "carries": "backward", "supports": "none"},
        "HOLDS": {"from": ["case"], "to": ["document"], "carries": "both", "supports": "forward"}
        | {"categories": ["third"], "needs_source": True},
        "TOLD": {"from": ["subject"], "to": ["case", "document"], "carries": "none", "supports": "backward"}
        | {"category": "wire", "marks": "from"},
    },
    "vocabulary": {"case_status": ["open", "closed"], "subject_type": []},
}
READERS = "Readers: for nobody else of the office does a record of such a category exist"
SMALL_TEXT = """\
small: A small policy \N{REPLACEMENT CHARACTER}[2J

Categories: why a record is withheld (R1, R2)
  category         given by    waivable  authority            what it is
  wire             T3          no        18 U.S.C. 2510-2523  Wire intercepts
  third            TAR, TA2    yes       –                    Third agency rule
  uncoded          the system  no        –                    uncoded
  excluded_system  the system  no        –                    excluded_system
  deleted          the system  no        –                    deleted

Codes: what an office puts on a record; any other code, or none, is uncoded (R1)
  code  means
  REL   release
  T3    wire
  TAR   third
  TA2   third

Systems: data of any other is excluded_system (R2)
  shared  excluded
  A, B    OLD

Records: shared from 2000-01-01 on (R5)
  kind      by its day  shared (R7)
  case      prepared    by itself
  document  prepared    only as linked from something shared
  subject   created     only as linked from something shared

Links: what each carries (R3), and whom it supports (R7)
  → from its `from` end to its `to` end   ← the other way   ↔ both ways
  type   from      to              carries       supports  and
  CITES  document  document        ← everything  –
  HOLDS  case      document        ↔ third       →         needs a released source
  TOLD   subject   case, document  –             ←         is withheld: wire; marks its `from` end so
  A type that is not listed, or a link between other kinds, is withheld and carries everything both ways.
  A number in a document's text stands for CITES (R10).

Numbers: how one looks in text (R10); a case or document whose number looks otherwise is withheld (R5)
  [A-Z]{2}[0-9]{2}

Findings: words that are one in the text of a record without the category's code
  category  words
  third     third agency, TA

Review: after how many days a record is looked at again
  records              days
  in uncoded           0
  in wire              90
  of more than 9 days  30
  any other            365

Words: any other value of such a field is absent (R14)
  field          may be
  document_type  any text
  case_status    closed, open
  case_program   any text
  subject_type   –
  property       any text
  link_role      any text

Offices: how partners reach them
  office  contact
  SAC-NY  +1 555 0100
"""


def test_a_person_reads_all_of_it() -> None:
    assert "\n".join(policy_lines(policy_of(SMALL), WIDTH)) + "\n" == SMALL_TEXT


def test_a_long_last_column_is_wrapped_to_the_terminal() -> None:
    lines = list(policy_lines(policy(), 100))
    start = next(place for place, line in enumerate(lines) if line.startswith("  title_iii"))
    assert [line[76:] for line in lines[start : start + 3]] == [
        " Reports resulting from",
        " Title III wire",
        " intercepts",
    ]


def restated(tables: dict[str, Any]) -> dict[str, Any]:
    """What a policy file says, with what it leaves out, in the order in which it is told."""
    said = {name: {"label": name} for name in SYSTEM_CATEGORIES if name not in tables["categories"]}
    categories = tables["categories"] | said
    codes: dict[str, str] = tables["codes"]
    carried = [name for name in categories if name != "deleted"]
    excluded = tables.get("excluded_systems", [])
    return {
        "categories": [
            {"name": name, "label": table["label"], "authority": table.get("authority")}
            | {"waivable": table.get("waivable", False), "words": table.get("words", []), "readers": None}
            | {"codes": [code for code, meaning in codes.items() if meaning == name]}
            for name, table in categories.items()
        ],
        "codes": codes,
        "shared_systems": sorted(set(tables["shared_systems"]) - set(excluded)),
        "excluded_systems": sorted(excluded),
        "dates": tables["dates"] | {"floor": tables["dates"]["floor"].isoformat()},
        "needs_support": tables["needs_support"],
        "links": [restated_link(name, table, carried) for name, table in tables["links"].items()],
        "implied_citation": tables.get("implied_citation"),
        "offices": tables.get("offices", {}),
        "review": {"days": 365, "old_after": None, "old_days": None, "categories": {"uncoded": 0}}
        | tables.get("review", {}),
        "identifier_patterns": tables["identifier_patterns"],
        "vocabulary": {
            name: sorted(tables["vocabulary"][name]) if name in tables["vocabulary"] else None
            for name in WORDS
        },
    }


def restated_link(name: str, table: dict[str, Any], carried: list[str]) -> dict[str, Any]:
    listed = [one for one in carried if one in table.get("categories", carried)]
    carries = table["carries"] if listed else "none"
    return {
        "type": name,
        "from": [kind for kind in ("case", "document", "subject") if kind in table["from"]],
        "to": [kind for kind in ("case", "document", "subject") if kind in table["to"]],
        "carries": carries,
        "categories": listed if carries != "none" else [],
        "supports": table["supports"],
        "needs_source": table.get("needs_source", False),
        "category": table.get("category"),
        "marks": table.get("marks"),
    }


@given(policies())
@settings(max_examples=60, deadline=None)
def test_json_says_what_the_file_says(tables: dict[str, Any]) -> None:
    told = policy_json(policy_of(tables))
    named = {name: told.pop(name) for name in ("id", "title", "fingerprint")}
    assert told == restated(tables)
    assert (named["id"], named["title"]) == (tables["id"], tables["title"])


def test_a_policy_with_as_many_categories_as_there_can_be_is_shown() -> None:
    many = {f"c{n}": {"label": f"Category {n}"} for n in range(MOST_CATEGORIES - len(SYSTEM_CATEGORIES))}
    full = policy_of(SMALL | {"categories": SMALL["categories"] | dict(list(many.items())[2:])})
    shown = list(policy_lines(full, WIDTH))
    assert sum(line.startswith("  c") and "Category" in line for line in shown) == len(many) - 2


def test_it_is_the_policy_on_file(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.replace("policy.toml", 'id = "ice-oi-2009"', 'id = "ours"')
    assert desk.done("policy", "show").out.splitlines()[0].startswith("ours: ")
    assert desk.done("policy", "show", "--json").json()["id"] == "ours"


def test_lists_of_readers_are_told_at_the_end_and_as_they_are_compared() -> None:
    categories = {"wire": SMALL["categories"]["wire"] | {"readers": [" Zoe.D ", "ann.p"]}}
    known = policy_of(SMALL | {"categories": SMALL["categories"] | categories})
    lines = list(policy_lines(known, WIDTH))
    assert lines[lines.index(READERS) :] == [READERS, "  category  readers", "  wire      ann.p, zoe.d"]
    told = policy_json(known)["categories"]
    assert isinstance(told, list)
    assert {each["name"]: each["readers"] for each in told if each["readers"]} == {"wire": ["ann.p", "zoe.d"]}
