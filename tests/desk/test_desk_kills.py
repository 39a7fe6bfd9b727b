"""SIGKILL at the writes of an act at the desk, while a reader looks: nothing withheld is shown, and it is finished.

What is closed is acknowledged only when every release has lost it (docs/desk.md). Versions name contents, as in
tests/test_kills.py.
"""

import shutil
import time
from pathlib import Path

import pytest

from graph.model import EntryId
from graph.office.blocking import none_blocking
from graph.office.desk_sight import WholeLook
from graph.officer import Officer, Role
from graph.publish import Publisher
from server.home import open_home
from server.office.desk_work import desk_of
from server.stores import open_holdings, open_releases
from tests.command_line import Desk, agreement_text
from tests.killing import SELDOM_SECONDS, Point, Points, When, command, in_child, looking
from tests.plain_lines import case, document, link

IDS = ("county", "ndex")
KIM = Officer("kim", "SAC-NY", frozenset({Role.AGENT}))
LINES = [
    *(case(f"C-{n}", f"NY03-000{n}", synopsis="See NY03-0002.") for n in (1, 2)),
    document("D-1", "NY03-0001-001"),
    link("L-1", "C-1", "CONTAINS", "D-1"),
]


def recode(home: Path) -> None:
    """C-2 gets a code that withholds it."""
    opened = open_home(home, {})
    reading = Publisher(open_holdings(opened), open_releases(opened), opened.release_keys())
    work, id = desk_of(opened, reading, opened.rules, none_blocking), EntryId("C-2")
    version = work.desk(KIM, WholeLook()).sight.version(id)
    work.act(KIM, WholeLook(), lambda desk: desk.recode(id, ["T3"], "a wire", version))


def acted(home: Path, point: Point | None = None) -> int:
    """The act in a process of its own, which may be killed at a point; its exit code."""

    def work() -> int:
        Points(point).wrap()
        recode(home)
        return 0

    return in_child(work)


def points(home: Path) -> int:
    def work() -> int:
        counted = Points(None)
        counted.wrap()
        recode(home)
        return counted.place

    return in_child(work)


@pytest.fixture(name="ready")
def _ready(tmp_path: Path) -> Path:
    """A folder with a home that has published."""
    desk = Desk(tmp_path / "ready")
    desk.folder.mkdir()
    assert command(desk.home, "init", "--test", "--seed", "x") == 0
    for id in IDS:
        desk.agreement(agreement_text(id), id)
    assert command(desk.home, "load", desk.file("before.jsonl", *LINES)) == 0
    assert command(desk.home, "publish", "--yes") == 0
    return desk.folder


def copied(ready: Path, name: str) -> Desk:
    return Desk(Path(shutil.copytree(ready, ready.parent / name)))


def versions(desk: Desk) -> dict[str, str]:
    told = desk.done("status", "--json").json()["releases"]["published"]
    return {each["agreement"]: each["version"] for each in told}


def check(desk: Desk, point: Point, before: dict[str, str], closed: dict[str, str]) -> None:
    """Kill it at a point, do it again: from then on nobody is answered from before it."""
    with looking(desk.home, IDS, desk.folder / "seen", poll=SELDOM_SECONDS) as answers:
        assert acted(desk.home, point) == -9, f"was not killed {point}"
        assert acted(desk.home) == 0
        acknowledged = time.monotonic()
        seen = answers()
    for id in IDS:
        told = [answer for answer in seen if answer.agreement == id]
        assert {answer.version for answer in told} <= {None, before[id], closed[id]}, f"{point}"
        assert {answer.version for answer in told if answer.begun > acknowledged} == {closed[id]}, f"{point}"
    assert versions(desk) == closed
    assert command(desk.home, "verify") == 0


def test_an_act_that_is_killed_half_way_shows_nothing_and_is_finished(ready: Path) -> None:
    counted = copied(ready, "counted")
    before, last = versions(counted), points(counted.home)
    check(copied(ready, "killed"), Point(last // 2, When.AFTER), before, versions(counted))


@pytest.mark.long
@pytest.mark.parametrize("when", When, ids=lambda when: when.value)
def test_an_act_that_is_killed_at_any_write_shows_nothing_and_is_finished(ready: Path, when: When) -> None:
    counted = copied(ready, "counted")
    before, last = versions(counted), points(counted.home)
    for place in range(1, last + 1):
        check(copied(ready, f"killed-{place}"), Point(place, when), before, versions(counted))
