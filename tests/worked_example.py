"""The project's worked example, in `tests/contract`: holdings, policy, agreements and their releases."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "contract"
AGREEMENTS = ("county", "ndex")
TODAY = date(2026, 11, 24)


def lines() -> list[dict[str, Any]]:
    """The holdings, one object a line, in the order of the file."""
    text = (FOLDER / "holdings.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def policy() -> dict[str, Any]:
    """The policy as `tomllib` reads it, anew at each call: a test may change its own."""
    return tomllib.loads((FOLDER / "policy.toml").read_text(encoding="utf-8"))


def agreement(ident: str) -> dict[str, Any]:
    """One of AGREEMENTS as `tomllib` reads it, anew at each call."""
    return tomllib.loads((FOLDER / "agreements" / f"{ident}.toml").read_text(encoding="utf-8"))


def expected(ident: str) -> dict[str, Any]:
    """What the agreement may see of the holdings on TODAY."""
    expectation: dict[str, Any] = json.loads(
        (FOLDER / "expected" / f"{ident}.json").read_text(encoding="utf-8")
    )
    return expectation
