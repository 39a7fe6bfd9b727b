"""`caselink withdraw`: at once, from every release, whatever the lines say, until it is lifted (docs/publishing.md)."""

import json
from pathlib import Path

import pytest

from graph.errors import StoreLocked
from graph.sources import is_restriction_due
from server.commands import serve
from server.home import open_home
from server.stores import open_holdings
from tests.command_line import Desk, agreement_text
from tests.office_client import OfficeClient, Who
from tests.plain_lines import case, delete, document, link

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002")
D1, L1 = document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1")
ALL = {"C-1", "C-2", "D-1", "L-1"}
WHY = ("--reason", "names a source")


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    desk.agreement(agreement_text("county"), "county")
    desk.load(C1, C2, D1, L1)
    desk.done("publish", "--yes")
    assert (desk.seen(), desk.seen("county")) == (ALL, ALL)
    return desk


def audited(desk: Desk) -> list[tuple[str, str, str]]:
    lines = (desk.home / "audit" / "office.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return [(each["event"], each["id"], each["reason"]) for each in told if "withdraw" in each["event"]]


def test_a_record_is_gone_from_every_release_with_what_stands_on_it(desk: Desk) -> None:
    desk.done("withdraw", "C-1", *WHY)
    assert (desk.seen(), desk.seen("county")) == ({"C-2"}, {"C-2"})
    assert audited(desk) == [("withdrawing", "C-1", "names a source")]


def test_where_the_holdings_cannot_be_written_every_partner_is_refused_and_that_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreLocked("holdings.sqlite: the disk is full")

    def refused() -> bool:
        status = desk.done("status", "--json").json()
        assert status["restriction_due"] is False  # nothing is stored that withholds
        return bool(status["refused"])

    with monkeypatch.context() as disk:
        disk.setattr("graph.publish.NOW_SECONDS", 0)  # what is announced is due at once
        disk.setattr("graph.stores.sqlite_holdings.SqliteHoldings.take", full)
        ran = desk.run("withdraw", "C-1", *WHY)
    assert (ran.code, ran.err) == (
        2,
        "caselink: C-1: the withdrawal is NOT done; every partner is refused until it is; mend this and run it again:"
        " holdings.sqlite: the disk is full\n",
    )
    told = [refused()]
    serve._finish(open_home(desk.home, {}))
    told.append(refused())
    assert (told, desk.seen()) == ([True, False], ALL)


def test_a_link_is_gone_and_what_it_alone_supported(desk: Desk) -> None:
    desk.done("withdraw", "L-1", *WHY)
    assert desk.seen() == {"C-1", "C-2"}


def test_no_load_and_no_publication_brings_it_back(desk: Desk) -> None:
    desk.done("withdraw", "C-1", *WHY)
    for lines in ([C1 | {"title": "Another"}], [delete("C-1")], [C1, D1, L1]):
        desk.load(*lines)
        desk.done("publish", "--yes")
        assert desk.seen() == {"C-2"}


def test_what_is_lifted_comes_back_when_it_is_published(desk: Desk) -> None:
    desk.done("withdraw", "C-1", *WHY)
    desk.done("withdraw", "--lift", "C-1", "--reason", "it was another case")
    assert desk.seen() == {"C-2"}
    desk.done("publish", "--yes")
    assert (desk.seen(), desk.seen("county")) == (ALL, ALL)
    assert desk.done("withdraw", "--json").json()["withdrawn"] == []
    assert audited(desk)[1:] == [("withdrawal lifted", "C-1", "it was another case")]


def test_what_a_rejected_line_names_stays_withheld_when_it_is_lifted(desk: Desk) -> None:
    desk.done("withdraw", "C-1", *WHY)
    desk.load('{"kind": "case", "id": "C-1", "revised": 7}', name="bad.jsonl")
    desk.done("withdraw", "--lift", "C-1", *WHY)
    desk.load(name="bad.jsonl")
    desk.done("publish", "--yes")
    assert desk.seen() == {"C-2"}
    desk.load(C1)
    desk.done("publish", "--yes")
    assert desk.seen() == ALL


def test_explain_tells_who_withdrew_it_when_and_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.commands.withdraw.user", lambda: "mreyes")
    desk.done("withdraw", "C-1", *WHY)
    desk.done("withdraw", "L-1", "--reason", "a wrong link")
    [known] = [each for each in desk.done("withdraw", "--json").json()["withdrawn"] if each["id"] == "C-1"]
    facts = {
        asked: {
            (cause["bearer"], cause["reason"], *cause["found"])
            for cause in desk.done("explain", asked, "--agreement", "ndex", "--json").json()["causes"]
            if cause["ground"] == "withdrawn"
        }
        for asked in ("C-1", "L-1")
    }
    told_of_c1 = ("C-1", "uncoded", "mreyes", known["at"], "names a source")
    assert facts == {
        "C-1": {told_of_c1},
        "L-1": {("L-1", "unsound", "mreyes", known["at"], "a wrong link"), told_of_c1},
    }
    told = desk.done("explain", "C-1", "--agreement", "ndex").out
    assert told.count(f"was withdrawn by hand: mreyes, {known['at']}, names a source") == 1


def test_the_list_and_the_report_tell_what_is_withdrawn(desk: Desk) -> None:
    assert desk.done("withdraw").out == "Nothing is withdrawn.\n"
    desk.done("withdraw", "C-1", *WHY)
    listed = desk.done("withdraw", "--json").json()["withdrawn"]
    assert [(each["id"], each["reason"]) for each in listed] == [("C-1", "names a source")]
    told = listed[0]
    assert desk.done("withdraw").out == f"C-1: withdrawn by {told['who']} at {told['at']}: names a source\n"
    assert desk.done("report", "--agreement", "ndex", "--json").json()["ndex"]["withdrawn"] == listed
    ending = desk.done("report", "--agreement", "ndex").out.splitlines()[-2:]
    assert ending == [
        "Withdrawn by hand, until it is lifted (caselink withdraw)",
        f"  C-1: by {told['who']} at {told['at']}: names a source",
    ]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["C-1"], "--reason: say why; it is kept in the audit log"),
        (["C-1", "--reason", " "], "--reason: say why; it is kept in the audit log"),
        (["--lift"], "withdraw: name the ID of a record or link"),
        (["C-9", *WHY], "C-9: nothing is held under this id; ids are matched letter for letter"),
        (["--lift", "C-1", *WHY], "C-1: is not withdrawn; `caselink withdraw` lists what is"),
    ],
)
def test_what_cannot_be_withdrawn_says_why_and_changes_nothing(
    desk: Desk, arguments: list[str], told: str
) -> None:
    ran = desk.run("withdraw", *arguments)
    assert (ran.code, ran.err, desk.seen(), audited(desk)) == (2, f"caselink: {told}\n", ALL, [])


def test_a_withdrawal_that_was_stopped_is_finished_by_the_next_publication(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(BaseException):
        pass

    def stop(*_: object) -> None:
        raise Stopped

    with monkeypatch.context() as patched:
        patched.setattr("server.commands.withdraw.restrict", stop)
        with pytest.raises(Stopped):
            desk.run("withdraw", "C-1", *WHY)
    assert (desk.seen(), is_due(desk)) == (ALL, True)
    desk.load(C2)
    assert (desk.seen(), is_due(desk)) == ({"C-2"}, False)


def is_due(desk: Desk) -> bool:
    """Whether it is known that a withdrawal has yet to be finished: `caselink serve` does that as it starts."""
    with open_holdings(open_home(desk.home, {})) as holdings:
        return is_restriction_due(holdings)


def test_a_new_withdrawal_ends_a_request_at_the_desk_to_lift_the_one_before(desk: Desk) -> None:
    desk.done("withdraw", "C-1", *WHY)
    agent = OfficeClient.at(desk.home, Who("kim", roles="agent"))
    lift = 'mutation { requestLift(id: "C-1", reason: "it was another") { request { id } } }'
    asked = agent.ask(lift)["requestLift"]["request"]
    desk.done("withdraw", "C-1", "--reason", "names another source")
    told = agent.ask("{ requests { nodes { id state why } } }")["requests"]["nodes"]
    assert told == [{**asked, "state": "ended", "why": "it was withdrawn or deleted anew"}]
