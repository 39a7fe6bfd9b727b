"""R4: which consents and clearances are in effect, and what each takes away.

A consent takes a category from a record's or link's own ones; a clearance stops one along one link. What
lacks anything, says too much, or is out of its period has no effect (R4, R12).
"""

from tests.specification.lines import Line
from tests.specification.setting import FIELDS, Link, Setting, day, said, two_different_persons


def in_effect(permission: Line, setting: Setting) -> bool:
    """R4, R12: no unknown field, a reason, requester, a different approver, begun and not ended."""
    start, end = day(permission.get("effective")), day(permission.get("expires"))
    return (
        set(permission) <= FIELDS[permission["kind"]]
        and permission["id"] not in setting.tainted
        and said(permission.get("reason"))
        and two_different_persons(permission.get("requested_by"), permission.get("approved_by"))
        and start is not None
        and end is not None
        and start <= setting.today < end
    )


def consented(setting: Setting, target: str, ident: str) -> set[str]:
    """R4: the waivable categories consented to for a `record` or a `link` (`target` says which)."""
    return {
        category
        for consent in setting.holdings.consents.values()
        for category in [consent.get("category")]
        if in_effect(consent, setting)
        and consent.get("agreement") == setting.agreement["id"]
        and said(consent.get("granted_by"))
        and ("record" in consent) != ("link" in consent)
        and consent.get(target) == ident
        and isinstance(category, str)
        and setting.policy["categories"].get(category, {}).get("waivable", False) is True
    }


def cleared(setting: Setting, link: Link, category: str) -> bool:
    """R4: whether a clearance stops the category along this link."""
    return any(
        clearance.get("category") == category
        and in_effect(clearance, setting)
        and clears(clearance, link, setting)
        for clearance in setting.holdings.clearances.values()
    )


def clears(clearance: Line, link: Link, setting: Setting) -> bool:
    """R4: it states link, type and ends as they are; for an implied citation the ends are enough."""
    stated = [clearance.get(field) for field in ("link", "type", "from", "to")]
    agreements = clearance.get("agreements")
    if not all(said(value) for value in stated) or not isinstance(agreements, list):
        return False
    if not all(isinstance(ident, str) for ident in agreements) or setting.agreement["id"] not in agreements:
        return False
    if link.implied:
        return {link.start, link.end} == set(stated[2:])
    return stated == [link.id, link.type, link.start, link.end]
