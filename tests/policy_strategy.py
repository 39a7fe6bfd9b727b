"""Random policies and agreements: the worked example's, with changes laid over them, for tests by hypothesis.

Each is one that a reader of policies accepts. Two link types, X_1 and X_2, are random in everything.
"""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests import worked_example
from tests.line_changes import LEFT_OUT, each, laid_over, some

POLICY = worked_example.policy()
AGREEMENT = worked_example.agreement("ndex")

NUMBER = "[A-Z]{2}[0-9]{2}-[0-9]{4}(?:-[0-9]{3})?"
CASE_NUMBER = "[A-Z]{2}[0-9]{2}-[0-9]{4}"
SHORT_OR_CASE_NUMBER = f"[A-Z]{{2}}[0-9]{{2}}|{CASE_NUMBER}"
SUPPORTED = {"case": False, "document": True, "subject": True}

CONTACTS: tuple[dict[str, Any], ...] = (
    {"SAC-NY": {"contact": "the desk of NY03-0001"}, "SAC-LA": {"contact": ""}},
    {
        "SAC-NY": {"contact": "+1 555 0100"},
        "of NY03-0002": {"contact": "x"},
        "of [number withheld]": {"contact": "y"},
    },
)
OF_A_POLICY = [
    *each("implied_citation", LEFT_OUT, "SUPERSEDES", "DERIVED_FROM"),
    *each(
        "identifier_patterns", [SHORT_OR_CASE_NUMBER, NUMBER], [NUMBER, "[0-9]{2}/[0-9]{4}"], [CASE_NUMBER]
    ),
    *each("shared_systems", ["CASE-MANAGEMENT", "SUBJECT-RECORDS", "OTHER"]),
    *each("excluded_systems", ["RESTRICTED-SYSTEM", "SUBJECT-RECORDS"]),
    *each("needs_support", SUPPORTED | {"document": False}, SUPPORTED | {"case": True, "document": False}),
    *each("offices", *CONTACTS) * 2,
    *each("dates", POLICY["dates"] | {"floor": date(2003, 4, 6)}),
]
OF_A_VOCABULARY = [
    *each("property", LEFT_OUT, ["name", "alias"]),
    *each("document_type", LEFT_OUT),
    *each("case_status", LEFT_OUT, ["closed"]),
    *each("case_program", LEFT_OUT),
    *each("subject_type", LEFT_OUT),
    *each("link_role", ["driver", "driver of NY03-0002"]),
]
WAIVABLE = [(), (), ("confidential_source",), ("title_iii", "bank_secrecy")]
OMITTED: tuple[list[str], ...] = (
    [],
    ["document.narrative", "case.title", "document.contact"],
    ["link.role", "property.alias"],
    ["subject.office", "link.since", "document.prepared", "case.status", "property.name", "case.validated"],
)
OF_AN_AGREEMENT = [
    *each("kinds", ["case"], ["case", "document"], ["document", "subject"]),
    *each("offices", ["SAC-NY"], ["SAC-NY"], ["SAC-LA", "SAC-NY"], []) * 2,
    *each("case_status", ["open"], ["open"], ["open", "closed"], ["sealed"]) * 2,
    *each("programs", ["fraud"], ["fraud"], ["fraud", "narcotics"]) * 2,
    *each("link_types", ["CONTAINS", "MENTIONS"], ["CONTAINS", "SUBJECT_OF", "KNOWS", "X_1"]) * 2,
    *each("omit", *OMITTED) * 3,
    *each("suspended", True, False),
    *each("effective", date(2026, 11, 24), date(2026, 11, 25)),
    *each("expires", date(2026, 11, 25)),
]

CHANGED_POLICIES = some(OF_A_POLICY, plain=2)
CHANGED_VOCABULARIES = some(OF_A_VOCABULARY, plain=2)
CHANGED_AGREEMENTS = some(OF_AN_AGREEMENT, plain=1)

# --- a link type that is random in everything ---

KINDS = st.lists(st.sampled_from(["case", "document", "subject"]), min_size=1, unique=True)
CARRIED = [LEFT_OUT, LEFT_OUT, [], ["title_iii"], ["third_agency", "uncoded"], ["bank_secrecy"]]
GIVEN: list[dict[str, Any]] = [
    *[{}] * 8,
    *({"category": "bank_secrecy"}, {"category": "third_agency"}),
    {"category": "third_agency", "marks": "to"},
    {"category": "third_agency", "marks": "from"},
    {"category": "bank_secrecy", "marks": "to"},
]
LINK_TYPES = st.tuples(
    st.fixed_dictionaries(
        {
            "from": KINDS,
            "to": KINDS,
            "carries": st.sampled_from(["both", "forward", "backward", "none"]),
            "supports": st.sampled_from(["none", "forward", "backward"]),
            "categories": st.sampled_from(CARRIED),
            "needs_source": st.sampled_from([LEFT_OUT, LEFT_OUT, False, True]),
        }
    ),
    st.sampled_from(GIVEN),
).map(lambda drawn: laid_over(*drawn))


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    """The worked example's policy with some changes, and two random link types."""
    policy = laid_over(POLICY, draw(CHANGED_POLICIES))
    policy["vocabulary"] = laid_over(POLICY["vocabulary"], draw(CHANGED_VOCABULARIES))
    policy["links"] = POLICY["links"] | {"X_1": draw(LINK_TYPES), "X_2": draw(LINK_TYPES)}
    waivable = {category: {"waivable": True} for category in draw(st.sampled_from(WAIVABLE))}
    categories = POLICY["categories"]
    policy["categories"] = {name: said | waivable.get(name, {}) for name, said in categories.items()}
    return policy


def agreements(ident: str) -> st.SearchStrategy[dict[str, Any]]:
    """An agreement with this id: the worked example's `ndex` but for some changes. It ends after it starts."""
    changed = CHANGED_AGREEMENTS.map(lambda change: {**AGREEMENT, **change, "id": ident})
    return changed.filter(lambda agreement: agreement["effective"] < agreement["expires"])
