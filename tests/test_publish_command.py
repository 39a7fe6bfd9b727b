"""`caselink publish`: what it tells, when it asks, by which day, and what holds it back (DESIGN 3, 4, 5)."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.commands.asking import Doubt
from server.home import open_home
from tests import worked_example
from tests.command_line import Desk, agreement_text, run
from tests.plain_lines import Made, case, delete
from tests.test_exporting import as_expected

C1, C2 = case("C-1", "NY03-0001"), case("C-2", "NY03-0002")
CLOSED = case("C-3", "NY03-0003", status="closed")
WIRE = {"access_codes": ["T3"]}
BAD = '{"kind": "case"}'
TODAY = worked_example.TODAY.isoformat()


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init", "--test", "--seed", "x")
    return desk


@pytest.fixture(name="county")
def _county(desk: Desk) -> Desk:
    """A desk with the worked example's two agreements."""
    desk.agreement(agreement_text("county"), "county")
    return desk


@pytest.mark.parametrize("id", worked_example.AGREEMENTS)
def test_the_worked_example_loaded_published_and_exported_is_as_expected(county: Desk, id: str) -> None:
    county.done("load", worked_example.FOLDER / "holdings.jsonl")
    county.done("publish", "--as-of", TODAY)
    assert as_expected(county.exported(id)) == worked_example.expected(id)


def test_it_prints_for_each_agreement_what_changed_and_what_is_withheld(county: Desk) -> None:
    county.load(C1, C2 | WIRE, CLOSED)
    ran = county.done("publish", "--as-of", TODAY)
    versions = {
        each["agreement"]: each["version"]
        for each in county.done("status", "--json").json()["releases"]["published"]
    }
    assert ran.out.splitlines() == [
        f"county {versions['county']}: 1 record and 0 links released; 1 record added, 0 updated, 0 withdrawn",
        "  withheld by reason: title_iii 1, status 1",
        f"ndex {versions['ndex']}: 2 records and 0 links released; 2 records added, 0 updated, 0 withdrawn",
        "  withheld by reason: title_iii 1",
    ]
    assert ran.err == ""


def test_it_tells_the_same_as_json(desk: Desk) -> None:
    desk.load(C1, C2 | WIRE)
    told = desk.done("publish", "--json").json()
    [published] = desk.done("status", "--json").json()["releases"]["published"]
    zero = dict.fromkeys(
        ["updated", "withdrawn", "links_added", "links_updated", "links_withdrawn", "held_back"], 0
    )
    [release] = told["releases"]
    named = {"agreement": "ndex", "version": published["version"], "records": 1, "links": 0, "added": 1}
    assert told["dry_run"] is False
    assert {key: release[key] for key in (*named, *zero, "withheld")} == named | zero | {
        "withheld": {"title_iii": 1}
    }


def test_the_hashes_of_policy_and_agreement_stand_in_the_publication_and_in_the_audit_log(desk: Desk) -> None:
    desk.load(C1)
    told = desk.done("publish", "--json").out
    rules = open_home(desk.home, {}).rules()
    hashes = [rules.policy.fingerprint, *(each.fingerprint for each in rules.agreements.values())]
    logged = "".join(path.read_text() for path in (desk.home / "audit").glob("*.jsonl"))
    assert [(each in told, each in logged) for each in hashes] == [(True, True)] * 2


def test_one_agreement_may_be_published(county: Desk) -> None:
    county.load(C1)
    county.done("publish", "--agreement", "county")
    told = county.done("status", "--json").json()["releases"]
    assert ([each["agreement"] for each in told["published"]], told["unpublished"]) == (["county"], ["ndex"])


def test_an_agreement_that_is_not_on_file_is_told(county: Desk) -> None:
    ran = county.run("publish", "--agreement", "fbi")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "caselink: --agreement fbi: no such agreement on file; there are: county, ndex\n"


# --- a look ---


def test_a_dry_run_says_what_would_change_and_changes_nothing(desk: Desk) -> None:
    desk.load(C1)
    desk.done("publish")
    desk.load(C2)
    seen = desk.exported()
    ran = desk.done("publish", "--dry-run")
    assert ran.out.splitlines()[0].endswith(
        "2 records and 0 links released; 1 record added, 0 updated, 0 withdrawn"
    )
    assert desk.exported() == seen
    assert desk.done("publish", "--dry-run", "--json").json()["dry_run"] is True


def test_a_dry_run_tells_each_element_and_why(desk: Desk) -> None:
    desk.load(C1, C2)
    desk.done("publish")
    desk.load(CLOSED, C1 | {"title": "Corrected"})
    desk.replace("agreements/ndex.toml", "purpose_required", 'case_status = ["closed"]\npurpose_required')
    told = desk.done("publish", "--dry-run")
    assert told.out.splitlines()[2:] == [
        "  + C-3  (waits to be published)",
        "  - C-1  (withheld: status)",
        "  - C-2  (withheld: status)",
        "  would be asked about: rules",
    ]
    [release] = desk.done("publish", "--dry-run", "--json").json()["releases"]
    gone: dict[str, object] = {"reasons": ["status"], "fields": []}
    assert (release["asks"], release["difference"]) == (
        ["rules"],
        {
            "added": [{"id": "C-3", "reasons": [], "fields": []}],
            "changed": [],
            "withdrawn": [{"id": "C-1", **gone}, {"id": "C-2", **gone}],
        },
    )


def test_a_dry_run_tells_what_differs_and_not_what_waits(desk: Desk) -> None:
    desk.load(C1, C2)
    desk.done("publish")
    desk.load(C1 | {"title": "Corrected"})
    assert desk.done("publish", "--dry-run").out.splitlines()[1:] == [
        "  ~ C-1  (title: nothing → “Corrected”)"
    ]
    desk.load(BAD, name="bad.jsonl")
    desk.load(CLOSED)
    assert desk.done("publish", "--dry-run").out.splitlines()[1:] == [
        "  waiting to be added or changed: 2 records",
    ]


def test_a_dry_run_tells_the_first_of_many(desk: Desk) -> None:
    desk.load(*cases(53))
    told = desk.done("publish", "--dry-run").out.splitlines()
    assert (len(told), told[1], told[-1]) == (
        52,
        "  + C-10  (waits to be published)",
        "  + and 3 more; --json tells all",
    )


def test_a_dry_run_may_look_at_any_day_and_keeps_none(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(C1)
    for day, released in (("2009-05-07", 0), ("2040-01-01", 0), ("2030-01-01", 1), ("2009-05-08", 1)):
        [told] = desk.done("publish", "--dry-run", "--as-of", day, "--json").json()["releases"]
        assert (day, told["added"]) == (day, released)
    desk.done("publish")
    assert desk.seen() == {"C-1"}


def test_a_dry_run_never_asks(desk: Desk) -> None:
    desk.load(C1, CLOSED)
    desk.replace("agreements/ndex.toml", "purpose_required", 'case_status = ["open"]\npurpose_required')
    desk.done("publish")
    desk.replace("agreements/ndex.toml", 'case_status = ["open"]\n', "")
    desk.done("publish", "--dry-run")
    assert desk.seen() == {"C-1"}


# --- days ---


def test_only_a_test_home_can_publish_as_of_another_day(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    ran = desk.run("publish", "--as-of", TODAY)
    assert (ran.code, ran.out, ran.err) == (
        2,
        "",
        "caselink: --as-of: only with --dry-run, or in a home made by `caselink init --test`\n",
    )


def test_a_load_in_a_test_home_judges_by_the_latest_day_set(desk: Desk) -> None:
    desk.load(C1 | {"prepared": "2010-06-01"}, C2)
    desk.done("publish", "--as-of", "2010-05-31")
    assert desk.seen() == {"C-2"}
    desk.load(C2 | {"prepared": "2010-06-02"})
    assert desk.seen() == set()
    desk.done("publish", "--as-of", "2010-06-01")
    assert desk.seen() == {"C-1"}
    ran = desk.run("publish", "--as-of", "2010-05-31")
    assert (
        ran.code,
        ran.err.startswith("caselink: The day is 2010-05-31, but this home has seen 2010-06-01"),
    ) == (
        2,
        True,
    )


def test_the_time_of_a_publication_is_now_in_utc_to_the_minute(desk: Desk) -> None:
    desk.load(C1)
    before = datetime.now(UTC).replace(second=0, microsecond=0)
    desk.done("publish", "--as-of", "2015-01-01")
    [told] = desk.done("status", "--json").json()["releases"]["published"]
    at = datetime.strptime(told["published_at"], "%Y-%m-%dT%H:%M:00Z").replace(tzinfo=UTC)
    assert before <= at <= datetime.now(UTC)


# --- asking ---


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


# --- held back ---


def test_while_a_file_with_rejects_is_open_it_withdraws_and_adds_nothing(desk: Desk) -> None:
    desk.load(C1, C2)
    desk.done("publish")
    desk.load(BAD, name="bad.jsonl")
    desk.load(C2 | WIRE, CLOSED)
    ran = desk.run("publish")
    assert (ran.code, desk.seen()) == (0, {"C-1"})
    assert ran.err == (
        f"{desk.folder / 'bad.jsonl'}: 1 line rejected. Nothing is added until it loads without any,"
        " or `caselink rejects accept`.\n"
    )
    desk.load(name="bad.jsonl")
    desk.done("publish")
    assert desk.seen() == {"C-1", "C-3"}


def test_while_a_file_is_open_an_agreement_that_was_never_published_is_not(desk: Desk) -> None:
    desk.load(C1, BAD)
    desk.run("publish", "--yes")
    assert desk.done("status", "--json").json()["releases"]["published"] == []


def test_an_agreement_that_is_no_longer_on_file_is_dropped(county: Desk) -> None:
    county.load(C1)
    county.done("publish")
    (county.home / "agreements" / "county.toml").unlink()
    ran = county.done("publish")
    assert ran.err == "county: no agreement is on file; its release was withdrawn whole\n"
    told = county.done("status", "--json").json()["releases"]["published"]
    assert [each["agreement"] for each in told] == ["ndex"]
    log = [json.loads(line) for line in (county.home / "audit" / "office.jsonl").read_bytes().splitlines()]
    assert [(line["event"], line.get("agreements")) for line in log[-2:]] == [
        ("dropping", ["county"]),
        ("publishing", None),
    ]
