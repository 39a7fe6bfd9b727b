"""`caselink publish` asks before it adds under changed rules, or much; what must go is withdrawn before."""

import json
from pathlib import Path

import pytest

from server.commands.asking import Doubt
from tests.command_line import Desk, run
from tests.plain_lines import Made, case, delete

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002")
CLOSED = case("C-3", "NY03-0003", status="closed")
WIRE = {"access_codes": ["T3"]}


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    return desk


def wider(desk: Desk) -> None:
    """An agreement by which C-1 was published, and which by now shares CLOSED too."""
    desk.replace("agreements/ndex.toml", "purpose_required", 'case_status = ["open"]\npurpose_required')
    desk.load(C1, C2, CLOSED)
    desk.done("publish")
    desk.replace("agreements/ndex.toml", 'case_status = ["open"]\n', "")


def test_changed_rules_that_would_add_are_asked_about_and_without_an_answer_nothing_is_published(
    desk: Desk,
) -> None:
    wider(desk)
    ran = desk.run("publish")
    assert (ran.code, ran.out) == (4, "")
    question, *shown, answer = ran.err.splitlines()
    assert question == "The policy or the agreement has changed since the last publication."
    assert shown[0].endswith("3 records and 0 links released; 1 record added, 0 updated, 0 withdrawn")
    assert answer == "caselink: Nothing was added. Look at the changes above and say --yes to publish them"
    assert desk.seen() == {"C-1", "C-2"}


def test_what_a_refused_publication_withdraws_is_audited_before_it_is_done(desk: Desk) -> None:
    wider(desk)
    desk.replace("agreements/ndex.toml", "purpose_required", 'case_status = ["closed"]\npurpose_required')
    log = desk.home / "audit" / "office.jsonl"
    before = len(log.read_bytes().splitlines())
    assert desk.run("publish").code == 4
    [line] = (json.loads(line) for line in log.read_bytes().splitlines()[before:])
    assert (line["event"], [each["withdrawn"] for each in line["releases"]]) == ("restricting", [2])
    assert desk.seen() == set()


def test_a_refused_publication_that_cannot_be_audited_withdraws_nothing(desk: Desk) -> None:
    wider(desk)
    desk.replace("agreements/ndex.toml", "purpose_required", 'case_status = ["closed"]\npurpose_required')
    log = desk.home / "audit" / "office.jsonl"
    log.unlink()
    log.mkdir()
    ran = desk.run("publish")
    assert (ran.code, ran.out) == (2, "")
    last = ran.err.splitlines()[-1]
    assert last == f"caselink: {log}: cannot be written (Is a directory); make room or mend its rights"
    assert desk.seen() == {"C-1", "C-2"}


def test_with_yes_it_does_not_ask_and_then_the_rules_are_known(desk: Desk) -> None:
    wider(desk)
    desk.done("publish", "--yes")
    assert desk.seen() == {"C-1", "C-2", "C-3"}
    desk.load(case("C-4", "NY03-0004"))
    desk.done("publish")
    assert desk.seen() == {"C-1", "C-2", "C-3", "C-4"}


# --- much more, or much less ---


def cases(count: int) -> list[Made]:
    return [case(f"C-{n}", f"NY04-{n:04}") for n in range(10, 10 + count)]


@pytest.fixture(name="strict")
def _strict(desk: Desk) -> Desk:
    """A desk that is asked about more than half of a release and more than two records, with ten published."""
    with (desk.home / "caselink.toml").open("a") as settings:
        settings.write("[publish]\nask_share = 0.5\nask_records = 2\n")
    desk.load(*cases(10))
    desk.done("publish")
    return desk


def test_a_publication_that_would_add_much_is_asked_about_and_adds_nothing_without_an_answer(
    strict: Desk,
) -> None:
    strict.load(*cases(16))
    ran = strict.run("publish")
    assert (ran.code, ran.out, len(strict.seen())) == (4, "", 10)
    assert ran.err.splitlines()[0] == "ndex: 6 records would be added to 10."
    strict.load(*cases(15))
    strict.load(delete("C-25"))
    strict.done("publish")
    assert len(strict.seen()) == 15


def test_a_publication_that_withdraws_much_does_so_before_it_is_asked_about(strict: Desk) -> None:
    strict.load(CLOSED)
    strict.replace("agreements/ndex.toml", "purpose_required", 'case_status = ["closed"]\npurpose_required')
    ran = strict.run("publish")
    assert (ran.code, ran.out, strict.seen()) == (4, "", set())
    assert ran.err.splitlines()[:2] == [
        "The policy or the agreement has changed since the last publication.",
        "ndex: 10 of 10 records had to be withdrawn, which waits for no answer. The question is whether to go on.",
    ]
    strict.done("publish", "--yes")
    assert strict.seen() == {"C-3"}


def test_who_sits_at_the_terminal_answers(strict: Desk) -> None:
    strict.load(*cases(16))
    no = run("--home", strict.home, "publish", typed="n\n")
    assert (no.code, len(strict.seen())) == (4, 10)
    yes = run("--home", strict.home, "publish", typed="y\n")
    assert (yes.code, len(strict.seen())) == (0, 16)
    assert yes.out.splitlines()[0].endswith("6 records added, 0 updated, 0 withdrawn")


def test_a_yes_is_for_what_was_asked_about_and_meanwhile_the_home_is_free(
    strict: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict.load(*cases(16))
    asked: list[int] = []

    def answer(doubted: list[Doubt]) -> bool:
        asked.append(doubted[0].publication.added)
        if len(asked) == 1:
            strict.load(*cases(18), C2 | WIRE)
        return True

    monkeypatch.setattr("server.commands.publish.answered", answer)
    strict.done("publish")
    assert (asked, len(strict.seen())) == ([6, 8], 18)
