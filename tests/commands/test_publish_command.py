"""`caselink publish`: what it tells, by which day, and what holds it back (DESIGN 3, 4, 5)."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from server.home import open_home
from tests import worked_example
from tests.command_line import Desk, agreement_text
from tests.plain_lines import Made, case
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


# --- much more, or much less ---


def cases(count: int) -> list[Made]:
    return [case(f"C-{n}", f"NY04-{n:04}") for n in range(10, 10 + count)]


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
