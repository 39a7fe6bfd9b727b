"""What lets a record out or keeps it in: codes, systems, approvals.

The shares are such that withholding does real work and yet most of the holdings pass: each category has one
to two per cent of the reports of its own, far fewer cases, and reaches others along the links. Some records
have no code, some a code that no book has (`T-3 `), some are drafts, and some were approved by the agent
who wrote them.
"""

from typing import Any

from loaders.sample.dice import Dice, Odds
from loaders.sample.offices import Office

Codes = tuple[str, ...]

CATEGORIES = {
    "T3": "title_iii",
    "UCO": "undercover",
    "BSA": "bank_secrecy",
    "CS": "confidential_source",
    "6E": "grand_jury",
    "TAR": "third_agency",
    "TSA": "trade_secrets",
    "ASY": "asylum",
}
"""A code for each of the eight categories of withheld material, as the default policy's code book has it."""

MISCODED: tuple[Codes, ...] = (("T-3 ",), ("rel",), ("REL ",), ("REL", "G.J."), ("6e",))
"""What offices write by mistake: no exact match in the code book."""


def code_odds(category: float, uncoded: float, miscoded: float) -> Odds[Codes]:
    """How often a record has each code, in per cent; `category` is for each category, what remains is REL."""
    weights: dict[Codes, float] = {("REL",): 100 - category * len(CATEGORIES) - uncoded - miscoded}
    for code in CATEGORIES:
        weights[code,] = category * 0.7
        weights["REL", code] = category * 0.3
    weights[()] = uncoded
    for codes in MISCODED:
        weights[codes] = miscoded / len(MISCODED)
    return Odds(weights)


CASE_CODES = code_odds(category=0.7, uncoded=1.5, miscoded=1.0)
REPORT_CODES = code_odds(category=1.1, uncoded=1.5, miscoded=0.8)
ATTACHMENT_CODES = code_odds(category=0.5, uncoded=1.0, miscoded=0.3)
SUBJECT_CODES = code_odds(category=0.3, uncoded=1.0, miscoded=0.3)

DRAFT_SHARE = 0.025
OWN_APPROVAL_SHARE = 0.004
RESTRICTED_SHARE = 0.012


def category_code(codes: Codes) -> str | None:
    """The code among these that stands for a category, if there is one."""
    return next((code for code in codes if code in CATEGORIES), None)


def approval(dice: Dice, office: Office, agent: str) -> dict[str, Any]:
    """The approval of a record that this agent prepared: mostly a supervisor's, sometimes none, rarely his own."""
    luck = dice.share()
    if luck < DRAFT_SHARE:
        return {"state": "submitted", "agent": agent, "supervisor": None}
    supervisor = agent if luck < DRAFT_SHARE + OWN_APPROVAL_SHARE else dice.pick(office.supervisors)
    return {"state": "approved", "agent": agent, "supervisor": supervisor}


def source_system(dice: Dice, shared: str) -> str:
    """The system that a record comes from: this shared one, or in a few cases the one that is never shared."""
    return "RESTRICTED-SYSTEM" if dice.chance(RESTRICTED_SHARE) else shared
