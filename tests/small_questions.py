"""What the agreement `ndex` of the worked example may see of a few lines, and why the rest is withheld.

The rules' small tests ask these; `policy` and `agreement` are what a test changes of the worked example's.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from tests import specification, worked_example
from tests.plain_lines import Made

NOTHING: Mapping[str, Any] = {}


def release(
    lines: Sequence[Made],
    policy: Mapping[str, Any] = NOTHING,
    agreement: Mapping[str, Any] = NOTHING,
    today: date = worked_example.TODAY,
    tainted: Collection[str] = (),
) -> dict[str, Any]:
    """The whole release."""
    return specification.release(lines, *changed(policy, agreement), today, tainted)


def released(lines: Sequence[Made], **question: Any) -> set[str]:
    """The ids of the released records and links."""
    found = release(lines, **question)
    return {*found["records"], *found["links"]}


def causes(
    lines: Sequence[Made],
    policy: Mapping[str, Any] = NOTHING,
    agreement: Mapping[str, Any] = NOTHING,
    today: date = worked_example.TODAY,
    tainted: Collection[str] = (),
) -> dict[str, set[str]]:
    """The causes of the withheld records alone."""
    found = specification.causes(lines, *changed(policy, agreement), today, tainted)
    return {ident: reasons for ident, reasons in found.items() if reasons}


def changed(policy: Mapping[str, Any], agreement: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The worked example's, with some keys replaced (None: left out); `links` are added to the link types."""
    base = worked_example.policy()
    links = base["links"] | policy.get("links", {})
    kept = {key: value for key, value in {**base, **policy, "links": links}.items() if value is not None}
    return kept, {**worked_example.agreement("ndex"), **agreement}
