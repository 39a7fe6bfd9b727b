"""`caselink audit`: a log that was touched, and who has been given a record (DESIGN 7)."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from schema.execute import Question
from server.audit.chain import encoded
from server.home import KEY_BYTES, open_home
from server.problems import BAD_REQUEST
from tests import worked_example
from tests.audit_lines import asking, given, write_log
from tests.command_line import Desk, Ran

AS_OF = worked_example.TODAY.isoformat()


def made(folder: Path) -> Desk:
    """A home with the worked example, published."""
    desk = Desk(folder)
    desk.done("init", "--test", "--seed", "audit")
    shutil.copy(worked_example.FOLDER / "policy.toml", desk.home)
    desk.done("load", worked_example.FOLDER / "holdings.jsonl")
    desk.done("publish", "--yes", "--as-of", AS_OF)
    return desk


def ids_of(desk: Desk, record: str) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = desk.done("audit", "disclosures", record, "--json").json()["ids"]
    return ids


def users(ran: Ran) -> list[str]:
    return [line["user"] for line in ran.json()["given"]]


@pytest.fixture(name="published", scope="module")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """To be read alone."""
    desk = made(tmp_path_factory.mktemp("published"))
    own, other = (ids_of(desk, record)["ndex"][0] for record in ("D-1", "D-2"))
    write_log(
        desk.home / "audit" / "partner",
        given("ndex", "ana", other, own),
        given("ndex", "bob", other),
        asking("ndex", "cy").refused(
            BAD_REQUEST, "v1", Question(f'{{ node(id: "{own}") {{ x }} }}', None, {})
        ),
        given("county", "dan", own),
        given("ndex", "eve", own),
    )
    return desk


# --- verify ---


def verified(desk: Desk, *arguments: str) -> dict[str, list[tuple[str, int, int]]]:
    """What is found, by log, without the names that a machine gives."""
    told: list[dict[str, Any]] = desk.run("audit", "verify", "--json", *arguments).json()["logs"]
    return {
        log["log"].split("/")[0]: [(it["what"], it["first"], it["last"]) for it in log["findings"]]
        for log in told
    }


def test_a_home_whose_logs_nobody_touched_is_sound(published: Desk) -> None:
    ran = published.done("audit", "verify")
    assert [line.split(", ")[1] for line in ran.out.splitlines()] == ["whole", "whole"]
    assert verified(published) == {"office.jsonl": [], "partner": []}


def test_a_log_that_was_touched_is_named_with_the_line(desk: Desk) -> None:
    files = write_log(
        desk.home / "audit" / "partner", *(given("ndex", user, "a") for user in ("ana", "bob", "cy"))
    )
    path = files.path(1)
    path.write_bytes(path.read_bytes().replace(b'"user":"bob"', b'"user":"bib"'))
    ran = desk.run("audit", "verify")
    name = files.folder.name
    assert (ran.code, ran.out) == (
        5,
        f"partner/{name}: 3 lines, NOT whole\n  line 2 (000001.jsonl:3): changed\n",
    )
    assert ran.err == (
        f"caselink: 1 of 1 logs are not as they were written: partner/{name};"
        " keep them as they are, and compare them with a backup\n"
    )


def test_a_tail_that_was_cut_off_shows_by_what_the_office_was_told(desk: Desk) -> None:
    files = write_log(
        desk.home / "audit" / "partner", *(given("ndex", user, "a") for user in ("ana", "bob", "cy"))
    )
    head = files.tail().head
    told = {"event": "head", "log": files.folder.name, "line": head.number, "hash": head.hash}
    write_log(desk.home / "audit" / "heads", encoded(told))
    assert verified(desk) == {"heads": [], "partner": []}
    path = files.path(1)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:1]))
    assert verified(desk) == {"heads": [], "partner": [("cut off", 2, 3)]}
    shutil.rmtree(files.folder)
    assert verified(desk) == {"heads": [], "partner": [("cut off", 1, 3)]}


def test_logs_of_another_host_are_checked_where_they_are_named(desk: Desk) -> None:
    elsewhere = desk.folder / "elsewhere"
    files = write_log(elsewhere, given("ndex", "ana", "a"))
    write_log(
        desk.home / "audit" / "heads",
        encoded({"log": files.folder.name, "line": 1, "hash": files.tail().head.hash}),
    )
    assert verified(desk) == {"heads": [], "partner": [("cut off", 1, 1)]}
    assert verified(desk, "--logs", str(elsewhere)) == {"heads": [], "partner": []}


# --- disclosures ---


def test_who_has_been_given_a_record_is_told_in_the_order_of_time(published: Desk) -> None:
    assert users(published.done("audit", "disclosures", "D-1", "--json")) == ["ana", "eve"]
    assert users(published.done("audit", "disclosures", "D-2", "--json")) == ["ana", "bob"]


def test_an_id_counts_under_its_own_agreement_alone(published: Desk) -> None:
    assert users(published.done("audit", "disclosures", "D-1", "--agreement", "county", "--json")) == []


def test_a_partners_id_leads_to_the_record(published: Desk) -> None:
    opaque = ids_of(published, "D-1")["ndex"][0]
    told = published.done("audit", "disclosures", opaque, "--json").json()
    assert (told["record"], [line["user"] for line in told["given"]]) == ("D-1", ["ana", "eve"])


def test_it_reads_as_sentences(published: Desk) -> None:
    opaque = ids_of(published, "D-1")["ndex"][0]
    ran = published.done("audit", "disclosures", "D-1")
    [ids, first, second] = ran.out.splitlines()
    assert ids == f"D-1 is {opaque} under ndex"
    assert first.endswith("+00:00 ndex: ana for “a test”, case T-1, request " + "r" * 16)
    assert "ndex: eve" in second
    assert ran.err == "D-1: given 2 times\n"


def test_a_record_that_nobody_was_given(published: Desk) -> None:
    ran = published.done("audit", "disclosures", "C-1")
    assert ran.err == "C-1: given to nobody\n"


@pytest.mark.parametrize("record", ["D-999", "0" * 32])
def test_an_id_that_is_not_held_is_told(published: Desk, record: str) -> None:
    ran = published.run("audit", "disclosures", record)
    assert (ran.code, ran.err) == (
        2,
        f"caselink: {record}: no such id is held, nor does one stand behind it; check how it is written\n",
    )


def test_what_was_given_under_a_retired_key_is_found(tmp_path: Path) -> None:
    desk = made(tmp_path)
    old = ids_of(desk, "D-1")["ndex"]
    retired = desk.home / "keys" / "retired"
    retired.mkdir()
    (desk.home / "keys" / "naming.key").rename(retired / "naming-2026-11-24.key")
    (desk.home / "keys" / "naming.key").write_text("ab" * KEY_BYTES, encoding="ascii")
    write_log(desk.home / "audit" / "partner", given("ndex", "ana", *old))
    assert ids_of(desk, "D-1")["ndex"][1:] == old
    assert users(desk.done("audit", "disclosures", "D-1", "--json")) == ["ana"]
    assert len(open_home(desk.home, {}).naming_keys()) == 2
