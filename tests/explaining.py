"""The engine asked why: lines in, as `tests.engine` is asked, and verdicts out."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from graph.agreement import agreement_of
from graph.explaining.causes import Cause, Ground, Verdict
from graph.explaining.explain import explain
from graph.explaining.inquiry import Inquiry
from graph.gather import gather
from graph.judge import judge
from graph.model import Entry, Kind
from graph.policy_file import policy_of
from tests import worked_example
from tests.engine import Line, holdings_of
from tests.plain_lines import Made, case, document, link, prop, subject


def inquiry(
    lines: Sequence[Line],
    policy: Line,
    agreement: Line,
    today: date,
    tainted: Collection[str] = (),
    *,
    backwards: bool = False,
) -> Inquiry:
    """What explanations are made from. backwards: the holdings are read in the opposite order."""
    read = policy_of(policy)
    mou = agreement_of(agreement, read, "agreement.toml")
    holdings = holdings_of(lines, read.patterns, tainted)
    entries: list[Entry] = list(holdings.entries())
    if backwards:
        entries.reverse()
    judgement = judge(gather(entries, read), read, mou, today.toordinal())
    decisions = [entry for entry in entries if entry.kind in (Kind.CLEARANCE, Kind.CONSENT)]
    return Inquiry(read, mou, today.toordinal(), judgement, holdings.held, decisions)


def why(asked: str, agreement: str = "ndex") -> Verdict:
    """The verdict on something of the worked example."""
    example = worked_example
    question = (example.lines(), example.policy(), example.agreement(agreement), example.TODAY)
    return explain(inquiry(*question), asked)


# --- a few lines, under rules that a test changes ---

C1 = case("C-1", "NY03-0001")
D1 = document("D-1", "NY03-0001-001")
D2 = document("D-2", "NY03-0001-002")
D3 = document("D-3", "NY03-0001-003")
S1 = subject("S-1", prop("name", "Ann Poe"))
IN_C1 = [link(f"L-{n}", "C-1", "CONTAINS", f"D-{n}") for n in (1, 2, 3)]
SUPPORTED = [C1, D1, D2, D3, *IN_C1]
CITES = link("L-C", "D-1", "CITES", "D-2")
WIRE = D2 | {"access_codes": ["T3"]}


def few(
    lines: list[Made], asked: str, agreement: Made | None = None, tainted: tuple[str, ...] = (), **policy: Any
) -> Verdict:
    """The verdict on something of these lines; `links` are added to the policy's."""
    base = worked_example.policy()
    tables = base | policy | {"links": base["links"] | policy.get("links", {})}
    mou = worked_example.agreement("ndex") | (agreement or {})
    return explain(inquiry(lines, tables, mou, worked_example.TODAY, tainted), asked)


def grounds(verdict: Verdict) -> set[tuple[str, str, Ground]]:
    """Each cause in short: reason, bearer, ground."""
    return {(cause.fact.reason, cause.bearer, cause.fact.ground) for cause in verdict.causes}


# --- what a verdict says, to be compared whole ---

Told = tuple[str, ...]
"""A cause in words: see `told`."""


def told(verdict: Verdict) -> set[Told]:
    """Each cause: what it withholds, reason, rules, bearer, ground, what was found, and the links of its chain."""
    return {
        (
            cause.withholds,
            cause.fact.reason,
            " ".join(cause.rules),
            cause.bearer,
            cause.fact.ground.value,
            ", ".join(cause.fact.found),
            " ".join(step.link for step in cause.chain or ()),
        )
        for cause in verdict.causes
    }


def only(verdict: Verdict) -> Cause:
    """The one cause of a verdict that has one."""
    (cause,) = verdict.causes
    return cause
