"""`caselink explain`: what it prints, for a person, as JSON, and for Graphviz."""

import shutil
from pathlib import Path

import pytest

from tests import worked_example
from tests.command_line import Desk, agreement_text


@pytest.fixture(scope="module", name="desk")
def _desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("explain"))
    desk.done("init", "--test")
    shutil.copy(worked_example.FOLDER / "policy.toml", desk.home)
    for id in worked_example.AGREEMENTS:
        desk.agreement(agreement_text(id), id)
    desk.done("load", worked_example.FOLDER / "holdings.jsonl")
    desk.done("publish", "--as-of", worked_example.TODAY.isoformat())
    return desk


CITED = """\
D-14, document NY03-0001-014 “Names the wire report”
Withheld from ndex (National Data Exchange) on 2026-11-24; causes: 1.

title_iii: Reports resulting from Title III wire intercepts (18 U.S.C. 2510-2523)
  D-2, document NY03-0001-002 “Intercepted calls”, is coded T3 (R1)
    codes: REL, T3; prepared by agent.lee, approved by sup.ortiz
    → D-14
      the text of D-14 names D-2 (R10): implied:D-14:D-2, CITES from D-14 to D-2, which carries it backward (R3)
"""
CLEARED = """\
D-13, document NY03-0001-013 “Sanitised version”
Released to ndex (National Data Exchange) on 2026-11-24.

Nothing withholds it.
It is supported (R7) by
  C-1, case NY03-0001 “Freight diversion”, along L-C1-D-13, CONTAINS

Needed (R4): clearance K-1, until 2030-01-01 (the first day without it).
  title_iii does not pass along L-D13-D2.
  Without it D-13 would be withheld.
  “Sanitised; no intercept content”: requested by agent.lee, approved by sup.ortiz.
"""
WRONG_WAY_ROUND = """\
L-WRONG, link CONTAINS
  from D-24, document NY03-0001-024 “Loaded the wrong way round under a wire case”
  to C-2, case NY03-0002 “Wire”
Withheld from ndex (National Data Exchange) on 2026-11-24; causes: 3.

other_kinds: its type is not for such ends
  L-WRONG leads from document to case; its type is from case to document. Such a link carries everything both ways (R3)

D-24 is withheld:

title_iii: Reports resulting from Title III wire intercepts (18 U.S.C. 2510-2523)
  C-2, case NY03-0002 “Wire”, is coded T3 (R1)
    codes: T3; prepared by agent.lee, approved by sup.ortiz
    → D-24, document NY03-0001-024 “Loaded the wrong way round under a wire case”
      along L-WRONG, CONTAINS from D-24 to C-2, which carries it backward (R3)

C-2 is withheld:

title_iii: Reports resulting from Title III wire intercepts (18 U.S.C. 2510-2523)
  C-2, case NY03-0002 “Wire”, is coded T3 (R1)
    codes: T3; prepared by agent.lee, approved by sup.ortiz
"""
OF_A_WIRE = """\
S-1#alias=The Wire, property
  of S-1, subject “John Doe”
Withheld from ndex (National Data Exchange) on 2026-11-24; causes: 1.

sources: none of the documents that assert it is released
  D-2, document NY03-0001-002 “Intercepted calls”, asserts it, and is withheld: title_iii (R9)
    codes: REL, T3; prepared by agent.lee, approved by sup.ortiz
"""
ORPHAN = """\
S-6, subject “Orphan”
Withheld from ndex (National Data Exchange) on 2026-11-24; causes: 1.

support: nothing that is released supports it
  S-6 has no link that could support it; it would be supported along MENTIONS, SUBJECT_OF, VICTIM_IN, WITNESS_IN (R7)
    codes: REL; prepared by agent.lee, approved by sup.ortiz
"""
BY_CONSENT = """\
L-D17-TAR, link CITES
  from D-17, document NY03-0001-017 “Cites another agency's report”
  to D-TAR, document NY03-0001-011 “From another agency”
Released to ndex (National Data Exchange) on 2026-11-24.

Nothing withholds it.

Needed (R4): consent N-1, granted by DEA, until 2030-01-01 (the first day without it).
  The partner may have third_agency of D-TAR.
  Without it D-TAR would be withheld.
  “Originator agreed in writing”: requested by agent.lee, approved by sup.ortiz.
"""
ASSERTED = """\
S-5#name=Acme Freight, property
  of S-5, subject “Acme Freight”
Released to ndex (National Data Exchange) on 2026-11-24.

Nothing withholds it.
It is asserted by D-1, D-20, released under the same agreement.
"""
DRAFT = """\
D-8, document NY03-0001-008 “Draft”
Withheld from ndex (National Data Exchange) on 2026-11-24; causes: 1.

approval: it was not approved by two persons
  approval: state submitted, prepared by agent.lee, approved by nobody; wanted: state approved, prepared and approved\
 by two different persons (R5)
"""


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("D-14", CITED),
        ("D-13", CLEARED),
        ("L-WRONG", WRONG_WAY_ROUND),
        ("S-1#alias=The Wire", OF_A_WIRE),
        ("S-6", ORPHAN),
        ("L-D17-TAR", BY_CONSENT),
        ("S-5#name=Acme Freight", ASSERTED),
        ("D-8", DRAFT),
    ],
)
def test_a_person_reads_what_is_withheld_or_released_and_why(desk: Desk, asked: str, text: str) -> None:
    assert desk.done("explain", asked, "--agreement", "ndex").out == text


def test_an_agreement_has_its_own_answer(desk: Desk) -> None:
    first = {
        id: desk.done("explain", "D-13", "--agreement", id).out.splitlines()[1] for id in ("county", "ndex")
    }
    assert first == {
        "county": "Withheld from county (County Sheriff) on 2026-11-24; causes: 1.",
        "ndex": "Released to ndex (National Data Exchange) on 2026-11-24.",
    }


def test_json_has_all_of_it(desk: Desk) -> None:
    people: dict[str, object] = {"prepared_by": "agent.lee", "approved_by": "sup.ortiz", "deleted": False}
    assert desk.done("explain", "D-3", "--agreement", "ndex", "--json").json() == {
        "id": "D-3",
        "kind": "document",
        "type": None,
        "ends": [],
        "agreement": "ndex",
        "partner": "National Data Exchange",
        "day": "2026-11-24",
        "released": False,
        "published": False,
        "causes": [
            {
                "withholds": "D-3",
                "reason": "title_iii",
                "rules": ["R1", "R3"],
                "label": "Reports resulting from Title III wire intercepts",
                "authority": "18 U.S.C. 2510-2523",
                "bearer": "D-2",
                "ground": "codes",
                "field": "access_codes",
                "found": ["T3"],
                "wanted": ["REL"],
                "length": 1,
                "chain": [
                    {
                        "link": "L-D3-D2",
                        "type": "CITES",
                        "from": "D-3",
                        "to": "D-2",
                        "way": "backward",
                        "reaches": "D-3",
                        "astray": False,
                        "implied": False,
                    }
                ],
            }
        ],
        "supporters": [],
        "support": [],
        "sources": [],
        "decisions": [],
        "records": {
            "D-2": {
                "id": "D-2",
                "kind": "document",
                "number": "NY03-0001-002",
                "title": "Intercepted calls",
                "codes": ["REL", "T3"],
                **people,
            },
            "D-3": {
                "id": "D-3",
                "kind": "document",
                "number": "NY03-0001-003",
                "title": "Summary of calls",
                "codes": ["REL"],
                **people,
            },
        },
    }


def test_json_of_a_release_tells_what_it_stands_on(desk: Desk) -> None:
    told = desk.done("explain", "D-TAR", "--agreement", "ndex", "--json").json()
    supported: dict[str, object] = {
        "link": "L-C1-D-TAR",
        "type": "CONTAINS",
        "from": "C-1",
        "to": "D-TAR",
        "way": "forward",
    }
    supported |= {"reaches": "D-TAR", "astray": False, "implied": False}
    assert (told["released"], told["causes"]) == (True, [])
    assert (told["supporters"], told["support"], told["sources"]) == ([supported], [supported], [])
    assert told["decisions"] == [
        {
            "id": "N-1",
            "kind": "consent",
            "serves": "D-TAR",
            "alone": True,
            "category": "third_agency",
            "record": "D-TAR",
            "link": None,
            "granted_by": "DEA",
            "reason": "Originator agreed in writing",
            "requested_by": "agent.lee",
            "approved_by": "sup.ortiz",
            "effective": "2010-01-01",
            "expires": "2030-01-01",
        }
    ]


DOT = r"""digraph explanation {
  rankdir=LR;
  label="D-3 is withheld from ndex on 2026-11-24";
  "D-2" [shape=box, label="D-2\ndocument NY03-0001-002\nREL, T3"];
  "D-3" [shape=box, label="D-3\ndocument NY03-0001-003\nREL", penwidth=3];
  "D-2" -> "D-3" [style=solid, label="L-D3-D2\nCITES\ntitle_iii"];
  "cause 1" [shape=note, label="title_iii (R1)\naccess_codes: T3"];
  "cause 1" -> "D-2" [style=dotted, arrowhead=none];
}
"""


def test_graphviz_is_given_the_chain_as_a_graph(desk: Desk) -> None:
    assert desk.done("explain", "D-3", "--agreement", "ndex", "--dot").out == DOT


DOT_OF_A_RELEASE = r"""digraph explanation {
  rankdir=LR;
  label="D-13 is released to ndex on 2026-11-24";
  "C-1" [shape=folder, label="C-1\ncase NY03-0001\nREL"];
  "D-13" [shape=box, label="D-13\ndocument NY03-0001-013\nREL", penwidth=3];
  "C-1" -> "D-13" [style=solid, label="L-C1-D-13\nCONTAINS\nsupport"];
  "K-1" [shape=note, label="clearance K-1\ntitle_iii\nuntil 2030-01-01"];
  "K-1" -> "D-13" [style=dotted, arrowhead=none];
}
"""


def test_graphviz_is_given_what_a_release_stands_on(desk: Desk) -> None:
    assert desk.done("explain", "D-13", "--agreement", "ndex", "--dot").out == DOT_OF_A_RELEASE


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("D-99", "--agreement", "ndex"), 2, "caselink: D-99: nothing is held under this id"),
        (
            ("D-1", "--agreement", "nobody"),
            2,
            "caselink: --agreement nobody: no such agreement on file; there are: county, ndex",
        ),
        (("D-1", "--agreement", "ndex", "--json", "--dot"), 2, "Usage: caselink explain [OPTIONS] ID"),
    ],
)
def test_what_cannot_be_told_is_a_sentence(
    desk: Desk, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    ran = desk.run("explain", *arguments)
    assert (ran.code, ran.out, ran.err[: len(sentence)]) == (code, "", sentence)


def test_a_question_writes_nothing(desk: Desk) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(desk.home.rglob("*.sqlite"))}

    before = files()
    desk.done("explain", "D-3", "--agreement", "ndex")
    assert files() == before
