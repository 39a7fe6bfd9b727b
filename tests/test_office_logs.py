"""The latest lines of the office's own logs: what a reader is not shown pushes nothing else out."""

from pathlib import Path

import pytest

from server import office_logs
from server.home import open_home
from server.journal import OFFICE_FILE, Journal
from server.office_logs import OfficeLogs
from tests.command_line import Desk


def test_what_is_not_shown_is_left_out_before_the_latest_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_logs, "LATEST", 2)
    desk = Desk(tmp_path)
    desk.done("init")
    journal = Journal(desk.home / "audit" / OFFICE_FILE)
    for id in ("C-1", "C-2", "hidden", "hidden"):
        journal.append("withdrawing", id=id)
    logs = OfficeLogs(open_home(desk.home, {}))
    assert [line["id"] for line in logs.done(lambda line: line.get("id") != "hidden")] == ["C-1", "C-2"]
    assert [line["id"] for line in logs.done(lambda _: True)] == ["hidden", "hidden"]
