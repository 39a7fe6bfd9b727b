"""Between a page and its service: questions that a test answers in its place, holds back, or notes."""

import json
from typing import Any

from playwright.sync_api import Page, Route


def acts(page: Page) -> list[str]:
    """The writes that a page sends from now on, in their order, by the arguments that they are sent with."""
    sent: list[str] = []

    def note(text: str) -> None:
        if text.startswith("mutation"):
            sent.append(text.partition("{ ")[2].partition("(")[0])

    page.on("request", lambda asked: note(json.loads(asked.post_data or "{}").get("query", "")))
    return sent


def answered(page: Page, word: str, told: dict[str, Any]) -> None:
    """Questions with this word are answered so from now on."""

    def answer(route: Route) -> None:
        if word in (route.request.post_data or ""):
            route.fulfill(json=told)
        else:
            route.fallback()

    page.route("**/graphql", answer)


def held(page: Page, word: str) -> list[Route]:
    """Questions with this word, which wait from now on for an answer."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        if word in (route.request.post_data or ""):
            waiting.append(route)
        else:
            route.fallback()

    page.route("**/graphql", hold)
    return waiting


def refusal(code: str, message: str) -> dict[str, Any]:
    """An answer that is none."""
    return {"errors": [{"message": message, "extensions": {"code": code}}]}
