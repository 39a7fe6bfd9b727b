"""The system's Chromium, as one browser for the tests of a file, and a tab in it that has watched what it does.

Playwright brings no browser of its own here: nothing is downloaded, and Debian's package is what a person has as well.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

_ARGUMENTS: Final = (
    "--disable-gpu",
    "--disable-dev-shm-usage",  # a container's shared memory is often too small for it
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE_MS: Final = 120_000
"""How long is waited for what is to be seen, where the machine has much else to do."""

PICTURES: Final = Path(__file__).parents[1] / "screenshots"
"""Where the tests leave pictures of the pages, for a person to look at; git has none of them."""


@pytest.fixture(name="browser", scope="module")
def browser_fixture() -> Iterator[Browser]:
    """Chromium, without a window."""
    place = shutil.which("chromium")
    assert place is not None, "chromium is not here; `make prepare` brings it, or names what to install"
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()  # it does not start as root with one
    with sync_playwright() as playwright:
        expect.set_options(timeout=_PATIENCE_MS)
        browser = playwright.chromium.launch(executable_path=place, args=[*_ARGUMENTS, *sandbox])
        yield browser
        browser.close()


@dataclass(frozen=True)
class Tab:
    """page: what is open. asked: the address of each request. wrong: what the page complained of, CSP included."""

    page: Page
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, context: BrowserContext) -> "Tab":
        """A new one."""
        tab = cls(context.new_page())
        tab.page.set_default_timeout(_PATIENCE_MS)
        tab.page.on("request", lambda request: tab.asked.append(request.url))
        tab.page.on("pageerror", lambda error: tab.wrong.append(str(error)))
        tab.page.on("console", lambda told: tab.wrong.append(told.text) if told.type == "error" else None)
        return tab


def tab(browser: Browser, **context: Any) -> Tab:
    """A tab of its own: it shares no storage with another."""
    return Tab.of(browser.new_context(**{"viewport": {"width": 1366, "height": 800}, **context}))
