"""R5: whether a record is in the scope of an agreement. None of it is carried."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from tests.specification import numbers
from tests.specification.lines import Record
from tests.specification.setting import Setting, day, two_different_persons, word


def out_of_scope(record: Record, setting: Setting) -> set[str]:
    """Every reason for which the record is out of the agreement's scope; none is carried."""
    line, agreement = record.line, setting.agreement
    has_number, is_case = record.kind != "subject", record.kind == "case"
    status = word(line.get("status"), "case_status", setting.policy)
    program = word(line.get("program"), "case_program", setting.policy)
    reasons = {
        "kind": record.kind not in agreement["kinds"],
        "date": not is_in_dates(record, setting),
        "approval": not is_approved(line.get("approval")),
        "office": has_number and not is_listed(line.get("office"), agreement.get("offices")),
        "number": has_number and not numbers.is_identifier(record.folded_number, setting.patterns),
        "status": is_case and not is_listed(status, agreement.get("case_status")),
        "program": is_case and not is_listed(program, agreement.get("programs")),
        "deleted": record.deleted,
        "agreement": not is_in_force(agreement, setting.today),
    }
    return {reason for reason, applies in reasons.items() if applies}


def is_in_dates(record: Record, setting: Setting) -> bool:
    dates = setting.policy["dates"]
    made = day(record.line.get(dates[record.kind]))
    return made is not None and dates["floor"] <= made <= setting.today


def is_approved(approval: object) -> bool:
    """R5: `state` is `approved`, by two different persons."""
    return (
        isinstance(approval, dict)
        and approval.get("state") == "approved"
        and two_different_persons(approval.get("agent"), approval.get("supervisor"))
    )


def is_listed(value: object, allowed: Collection[object] | None) -> bool:
    """No list: anything. A list: what is missing is out."""
    return allowed is None or value in allowed


def is_in_force(agreement: Mapping[str, Any], today: date) -> bool:
    """R5: the period includes its start and excludes its end."""
    return agreement["effective"] <= today < agreement["expires"] and not agreement.get("suspended", False)
