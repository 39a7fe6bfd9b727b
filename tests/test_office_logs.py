"""The office's logs are read as far as a question needs: from the end, or from where the last question came to."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.keys import ReleaseKeys, naming
from graph.model import AgreementId, EntryId
from server.audit import disclosures_read, files
from server.audit.disclosures_read import DisclosuresRead
from server.audit.files import AuditFiles, lines_back
from server.audit.journal import OFFICE_FILE, Journal
from server.home import open_home
from server.office.logs import OfficeLogs
from tests.audit_lines import given, write_log
from tests.command_line import Desk

KEY, OTHER = b"k" * 32, b"o" * 32
C1, C2 = EntryId("C-1"), EntryId("C-2")


@pytest.fixture(name="logs")
def _logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OfficeLogs:
    """Those of a home where four things were done, two of them to a hidden record."""
    monkeypatch.setattr("server.office.logs.LATEST", 2)
    desk = Desk(tmp_path)
    desk.done("init")
    journal = Journal(desk.home / "audit" / OFFICE_FILE)
    for id in ("C-1", "C-2", "hidden", "hidden"):
        journal.append("withdrawing", id=id)
    return OfficeLogs(open_home(desk.home, {}))


def test_what_is_not_shown_is_left_out_before_the_latest_are_taken(logs: OfficeLogs) -> None:
    assert [line["id"] for line in logs.done(lambda line: line.get("id") != "hidden")] == ["C-2", "C-1"]
    assert [line["id"] for line in logs.done(lambda _: True)] == ["hidden", "hidden"]


def test_a_log_is_read_from_its_end_until_the_latest_are_found(logs: OfficeLogs) -> None:
    asked = list[object]()
    logs.done(lambda line: not asked.append(line.get("id")))  # type: ignore[func-returns-value]  # None, so true
    assert asked == ["hidden", "hidden"]


@pytest.mark.parametrize("block", [1, 2, 3, 5, 8, 64])
@pytest.mark.parametrize("text", [b"", b"a\n", b"a\nbcd\n\nef\n", b"abcdefg\nh", b"\n\n"])
def test_the_lines_of_a_file_are_read_backwards_whatever_is_read_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes, block: int
) -> None:
    monkeypatch.setattr(files, "_TAIL", block)
    (path := tmp_path / "log").write_bytes(text)
    assert list(lines_back(path)) == [line for line in reversed(text.split(b"\n")) if line]


def opaque(id: EntryId, key: bytes = KEY) -> str:
    return naming(ReleaseKeys(naming=key, version=b""), AgreementId("ndex"))(id)


def users(
    read: DisclosuresRead, log: AuditFiles, id: EntryId = C1, keys: Sequence[bytes] = (KEY,)
) -> list[str]:
    return [line["user"] for line in read.of(id, [log], keys)]


def overwritten(log: AuditFiles) -> AuditFiles:
    """What was in it is there no more, but as much."""
    path = log.path(1)
    path.write_bytes(b"x" * (path.stat().st_size - 1) + b"\n")
    return log


def test_of_a_record_that_was_asked_for_only_what_was_added_is_read(tmp_path: Path) -> None:
    read, log = DisclosuresRead(), write_log(tmp_path, given("ndex", "ann", opaque(C1)))
    assert (users(read, log), users(read, log, C2)) == (["ann"], [])
    overwritten(log)
    assert users(read, log) == ["ann"]
    with log.path(1).open("ab") as file:
        file.write(given("ndex", "bo", opaque(C1), opaque(C2)) + b"\n" + given("ndex", "cut", opaque(C1)))
    assert (users(read, log), users(read, log, C2)) == (["ann", "bo"], ["bo"])
    with log.path(1).open("ab") as file:
        file.write(b"\n")
    assert users(read, log) == ["ann", "bo", "cut"]


def test_all_is_read_anew_where_a_file_has_gone_or_is_shorter_or_the_keys_are_others(tmp_path: Path) -> None:
    read, log = DisclosuresRead(), write_log(tmp_path, given("ndex", "ann", opaque(C1)))
    assert users(read, log) == ["ann"]
    assert users(read, log, keys=(OTHER, KEY)) == ["ann"]
    assert users(read, log, keys=(OTHER,)) == []
    assert users(read, log) == ["ann"]
    log.path(1).write_bytes(given("ndex", "bo", opaque(C1))[:-9] + b"\n")
    assert users(read, log) == []
    log.path(1).rename(log.path(2))
    assert users(read, log) == []


def test_little_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disclosures_read, "_RECORDS", 1)
    monkeypatch.setattr(disclosures_read, "_LINES", 1)
    twice = [given("ndex", user, opaque(C1)) for user in ("ann", "bo")]
    read, log = DisclosuresRead(), write_log(tmp_path, given("ndex", "ed", opaque(C2)), *twice)
    assert (users(read, log), users(read, log, C2), set(read._read)) == (["ann", "bo"], ["ed"], {C2})
    assert (users(read, log, EntryId("C-3")), set(read._read)) == ([], {EntryId("C-3")})
