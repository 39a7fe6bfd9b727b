"""Lines of holdings (DESIGN section 3) that nothing withholds, each with the fields that a test changes.

Under the worked example's policy and its agreement `ndex`, `case` is released as it is; `document` and
`subject` are released once something supports them.
"""

from typing import Any

Made = dict[str, Any]


def case(ident: str, number: str, **changed: Any) -> Made:
    """A case that is released."""
    plain = {"number": number, "prepared": "2003-04-05", "title": "Plain", "status": "open"}
    return record("case", ident, **plain | changed)


def document(ident: str, number: str, narrative: str = "", **changed: Any) -> Made:
    """A document that is released once it is supported."""
    plain = {"number": number, "prepared": "2003-04-05", "title": "Plain", "type": "ROI"}
    return record("document", ident, **plain | {"narrative": narrative} | changed)


def subject(ident: str, *properties: object, **changed: Any) -> Made:
    """A subject that is released once it is supported."""
    plain = {"created": "2003-04-05", "type": "person", "properties": list(properties)}
    return record("subject", ident, **plain | changed)


def record(kind: str, ident: str, **fields: Any) -> Made:
    """Any record: coded for release, of a shared system, approved by two persons."""
    return {
        "kind": kind,
        "id": ident,
        "source_system": "CASE-MANAGEMENT",
        "office": "SAC-NY",
        "access_codes": ["REL"],
        "approval": {"state": "approved", "agent": "agent.lee", "supervisor": "sup.ortiz"},
    } | fields


def link(ident: str, start: str, type_: str, end: str, **changed: Any) -> Made:
    """A link, read as a sentence: `link("L-1", "C-1", "CONTAINS", "D-1")`."""
    return {"kind": "link", "id": ident, "type": type_, "from": start, "to": end} | changed


def prop(name: str, value: object, **changed: Any) -> Made:
    """A property that the subject record itself asserts."""
    return {"name": name, "value": value, "sources": []} | changed


def consent(ident: str, category: str, **changed: Any) -> Made:
    """A consent for the agreement `ndex`; name its `record` or its `link`."""
    plain = {"agreement": "ndex", "granted_by": "DEA"}
    return permission("consent", ident, category, **plain | changed)


def clearance(ident: str, cleared: Made, category: str, **changed: Any) -> Made:
    """A clearance for the agreement `ndex` that states the link as it is."""
    plain = {"link": cleared["id"], "type": cleared["type"], "from": cleared["from"], "to": cleared["to"]}
    return permission("clearance", ident, category, **plain | {"agreements": ["ndex"]} | changed)


def permission(kind: str, ident: str, category: str, **fields: Any) -> Made:
    """What consents and clearances have in common: two persons, a reason, a period."""
    return {
        "kind": kind,
        "id": ident,
        "category": category,
        "reason": "In writing",
        "requested_by": "agent.lee",
        "approved_by": "sup.ortiz",
        "effective": "2010-01-01",
        "expires": "2030-01-01",
    } | fields


def delete(ident: str, **changed: Any) -> Made:
    """A deletion."""
    return {"kind": "delete", "id": ident} | changed
