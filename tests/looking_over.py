"""A page is looked over: a picture of it is left for a person, and axe finds no serious fault with it."""

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page

from tests.browsing import PICTURES
from tests.documentation import ROOT
from tests.node_packages import cached

_SERIOUS: Final = ("serious", "critical")


@pytest.fixture(name="axe", scope="module")
def axe_fixture() -> Path:
    """The script of axe-core."""
    return cached(ROOT / "tests" / "axe") / "node_modules" / "axe-core" / "axe.min.js"


def look_over(page: Page, axe: Path, name: str) -> None:
    """Leave a picture, and find nothing that is wrong with it. page: without its policy, for axe is not its own."""
    page.wait_for_timeout(150)  # until what was drawn has come to rest
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.add_script_tag(path=axe)
    found = page.evaluate("axe.run()")
    wrong = [
        (each["id"], node["target"], node["failureSummary"])
        for each in found["violations"]
        if each["impact"] in _SERIOUS
        for node in each["nodes"]
    ]
    assert wrong == []
