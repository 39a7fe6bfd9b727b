"""What a change reaches beyond the entry that it is in, when a linkage is gone on from (R3, R4, R8, R10)."""

import pytest

from graph.draft import Rules
from graph.model import Entry, EntryId
from graph.office.survey import Survey
from tests.building import TODAY, agreement, policy
from tests.engine import holdings_of
from tests.plain_lines import Made, case, clearance, delete, document, link, subject
from tests.said_linkage import said

UNDER = policy()
RULES = Rules(UNDER, {each.id: each for each in (agreement(under=UNDER),)})
C1 = case("C-1", "NY03-0001")
D1 = document("D-1", "NY03-0001-001", "as told in LA03-0007-004 and NY03-0001")
S1 = subject("S-1")
L1 = link("L-1", "C-1", "CONTAINS", "D-1", sources=["D-9", "D-1"])
L2 = link("L-2", "S-1", "SUBJECT_OF", "C-9")
L3 = link("L-3", "S-1", "NO SUCH TYPE", "C-1")
K1 = clearance("K-1", L1, "title_iii")
HELD = [C1, D1, S1, L1, L2, L3, K1]


def held(*lines: Made) -> list[Entry]:
    """What is held once these are loaded."""
    return list(holdings_of(lines, UNDER.patterns).entries())


def survey_of(*lines: Made) -> Survey:
    return Survey.of(RULES, TODAY.toordinal(), held(*lines), {})


CHANGES = {
    "a source that comes": [document("D-9", "NY03-0009", "")],
    "an end that comes": [case("C-9", "NY03-0009")],
    "a number that is cited comes": [case("C-7", "LA03-0007"), document("D-7", "LA03-0007-004", "")],
    "another number": [C1 | {"number": "NY09-0001"}],
    "a number that goes": [{name: said for name, said in C1.items() if name != "number"}],
    "another text": [document("D-1", "NY03-0001-001", "see NY03-0001-001 and NY03-0001-002")],
    "a link to elsewhere": [L1 | {"to": "C-1", "sources": ["S-1"]}],
    "a link of another type": [L3 | {"type": "STILL NO TYPE"}],
    "a type that is known": [L3 | {"type": "SUBJECT_OF"}],
    "links that go": [delete("L-1"), delete("L-3")],
    "a link that goes and one that comes": [delete("L-1"), link("L-4", "C-1", "CONTAINS", "D-8")],
    "a decision that goes": [delete("K-1")],
    "another decision": [K1 | {"category": "grand_jury"}],
    "a record that is erased": [delete("D-1")],
    "codes alone": [C1 | {"access_codes": ["T3"]}, L1 | {"access_codes": ["T3"]}],
}


@pytest.mark.parametrize("lines", CHANGES.values(), ids=CHANGES)
def test_a_linkage_that_is_gone_on_from_says_what_gathering_everything_says(
    lines: list[Made], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, anew = survey_of(*HELD).judged(), said(survey_of(*HELD, *lines).linkage, UNDER)
    monkeypatch.delattr("graph.office.linked_holdings.gathered")  # nothing is gathered anew
    assert said(before.with_entries(held(*HELD, *lines)).linkage, UNDER) == anew


@pytest.mark.parametrize("lines", [[delete("L-2")], [L2 | {"to": "C-1"}]], ids=["gone", "elsewhere"])
def test_an_id_that_no_link_names_any_more_and_no_line_brought_is_gone(lines: list[Made]) -> None:
    before = survey_of(*HELD).judged()
    after = before.with_entries(held(*HELD, *lines))
    assert [EntryId("C-9") in one.linkage.node_of for one in (before, after)] == [True, False]
    assert said(after.linkage, UNDER) == said(survey_of(*HELD, *lines).linkage, UNDER)


def test_what_tells_the_rules_nothing_new_is_judged_no_more() -> None:
    before, [retitled] = survey_of(*HELD).judged(), held(C1 | {"title": "Another title"})
    after, [ndex] = before.with_entries([retitled]), RULES.agreements
    assert (after.entry(retitled.id), after.linkage is before.linkage) == (retitled, True)
    assert after.judgement(ndex) is before.judgement(ndex)
    assert after.with_entries([retitled]) is after
