"""Somebody with a home that was just made, and with one that has published."""

from pathlib import Path

import pytest

from tests.command_line import Desk
from tests.commands.two_cases import publish_two_cases


@pytest.fixture(name="desk")
def _desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.done("init")
    return desk


@pytest.fixture(name="published")
def _published(desk: Desk) -> Desk:
    return publish_two_cases(desk)
