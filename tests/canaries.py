"""Holdings in which everything that `ndex` may not see has a word in it that stands nowhere else: CANARY, or 7777.

What is released of them has a value in every field of the schema. Every kind of thing that is withheld is there: ids as
held, records by code, by system, by scope and for want of support, deleted ones, links, roles and properties without a
released source, what is coded by itself, words that no vocabulary has, what is omitted, numbers in text, unknown
fields, who approved, why something was cleared, policy words, another agreement.
"""

from collections.abc import Sequence
from typing import Any, Final

from tests import worked_example
from tests.building import Agency, agreement, policy, rules
from tests.plain_lines import Made, case, clearance, consent, delete, document, link, prop, subject

_APPROVAL: Final = {
    "state": "approved",
    "agent": "CANARY.agent",
    "supervisor": "CANARY.supervisor",
    "date": "2003-05-01",
}
_ALWAYS: Final[Made] = {"approval": _APPROVAL, "remark": "CANARY remark"}
_WIRE: Final[Made] = {"access_codes": ["REL", "CANARY-WIRE"], **_ALWAYS}

RELEASED: Final[list[Made]] = [
    case(
        "CANARY-C1",
        "NY03-0001",
        title="Freight",
        program="fraud",
        opened="2003-04-05",
        closed="2004-01-01",
        synopsis="Like NY03-7777 and NY03-7777-001.",
        **_ALWAYS,
    ),
    case("CANARY-C2", "NY03-0002", status="CANARY status", program="CANARY program", **_ALWAYS),
    document("CANARY-D1", "NY03-0001-001", "Doe met Roe.", author="Lee", **_ALWAYS),
    document("CANARY-D2", "NY03-0001-002", type="CANARY type", **_ALWAYS),
    subject(
        "CANARY-S1",
        prop("name", "John Doe", sources=["CANARY-D1"]),
        prop("alias", "CANARY alias", sources=["CANARY-X2"]),
        prop("alias", "CANARY coded", access_codes=["CANARY-WIRE"]),
        prop("CANARY property", "CANARY value"),
        prop("nationality", "CANARY nationality"),
        prop("description", "Seen in NY03-7777."),
        **_ALWAYS,
    ),
    subject("CANARY-S2", prop("name", "Jane Roe"), **_ALWAYS),
    link("CANARY-L1", "CANARY-C1", "CONTAINS", "CANARY-D1"),
    link("CANARY-L2", "CANARY-D1", "HAS_ATTACHMENT", "CANARY-D2"),
    link("CANARY-L3", "CANARY-S1", "SUBJECT_OF", "CANARY-C1", role="suspect", since="2003", until="2004"),
    link("CANARY-L4", "CANARY-S2", "VICTIM_IN", "CANARY-C1"),
    link("CANARY-L5", "CANARY-C1", "RELATED_TO", "CANARY-C2"),
    link("CANARY-L6", "CANARY-D1", "MENTIONS", "CANARY-S1"),
    link("CANARY-L7", "CANARY-S1", "KNOWS", "CANARY-S2", sources=["CANARY-D1"]),
    link(
        "CANARY-L8",
        "CANARY-S2",
        "KNOWS",
        "CANARY-S1",
        sources=["CANARY-D1", "CANARY-X2"],
        role="CANARY role",
    ),
]

_CITING: Final = link("CANARY-L12", "CANARY-D2", "CITES", "CANARY-X2")

WITHHELD: Final[list[Made]] = [
    case("CANARY-X1", "NY03-7777", title="CANARY title", synopsis="CANARY synopsis", **_WIRE),
    document("CANARY-X2", "NY03-7777-001", "CANARY narrative", title="CANARY", author="CANARY", **_WIRE),
    subject("CANARY-X3", prop("name", "CANARY name"), **_WIRE),
    subject("CANARY-X4", prop("name", "CANARY unsupported"), **_ALWAYS),
    case("CANARY-X5", "NY03-7775", title="CANARY elsewhere", **_ALWAYS | {"source_system": "CANARY-SYSTEM"}),
    case("CANARY-X6", "NY03-7776", title="CANARY early", prepared="1999-01-01", **_ALWAYS),
    case("CANARY-X7", "NY03-7778", title="CANARY deleted", **_ALWAYS),
    delete("CANARY-X7"),
    link("CANARY-L9", "CANARY-X4", "CANARY_TYPE", "CANARY-X3"),
    link("CANARY-L10", "CANARY-X3", "SUBJECT_OF", "CANARY-C1", role="CANARY role"),
    link("CANARY-L11", "CANARY-S1", "KNOWS", "CANARY-S2", sources=["CANARY-X2"], role="CANARY role"),
    _CITING,
    clearance("CANARY-K1", _CITING, "canary_wire", reason="CANARY reason", requested_by="CANARY.one"),
    consent("CANARY-N1", "third_agency", record="CANARY-D1", reason="CANARY reason", granted_by="CANARY"),
]

SOUGHT: Final = ("canary", "7777", "7775", "7776", "7778")
"""What must be in no byte that a partner is sent, nor in any line that is logged, in capitals or not."""


def agency(withheld: Sequence[Made] = tuple(WITHHELD)) -> Agency:
    """The agency that holds all of that, with its releases for `ndex` and another partner."""
    tables = worked_example.policy()
    contacts = {office: {"contact": f"{office} desk"} for office in ("SAC-NY", "CANARY-OFFICE")}
    words = policy(
        id="CANARY-policy",
        categories=tables["categories"]
        | {"canary_wire": {"label": "CANARY label", "authority": "CANARY law"}},
        codes=tables["codes"] | {"CANARY-WIRE": "canary_wire", "CANARY-CODE": "release"},
        shared_systems=[*tables["shared_systems"], "CANARY-SHARED"],
        offices=contacts,
    )
    other: dict[str, Any] = {"partner": "CANARY partner", "caveat": "CANARY caveat"}
    ndex = agreement("ndex", words, omit=["property.nationality"])
    made = Agency(rules(ndex, agreement("county", words, **other), under=words))
    made.load(*RELEASED, *withheld)
    made.publish()
    return made
