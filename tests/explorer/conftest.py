"""Explorers that are served: a partner's, over a small release, and the office's, over an agency of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.analyst import Analyst, analyst
from tests.explorer_world import explorer_release
from tests.office_agency import Agency, served_agency
from tests.partner_client import partner_app
from tests.partner_port import on_a_port
from tests.partner_world import published


@pytest.fixture(name="address", scope="module")
def _address() -> Iterator[str]:
    with on_a_port(partner_app(published(explorer_release()))) as address:
        yield address


@pytest.fixture(name="she")
def _she(browser: Browser, address: str) -> Iterator[Analyst]:
    with analyst(browser, address) as she:
        yield she


@pytest.fixture(name="agency")
def _agency(browser: Browser, tmp_path: Path) -> Iterator[Agency]:
    with served_agency(browser, tmp_path) as agency:
        yield agency
