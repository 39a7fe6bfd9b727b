"""Random small holdings with everything that the rules speak of, for tests by hypothesis.

A `World` is one question: lines, policy, two agreements, a day. Ids are few, so that lines collide and graphs are
dense. Each line starts as one that nothing withholds; at most two odd things are laid over it, so that much is
released and much is withheld. No line is one that a load would reject.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests import line_changes, worked_example
from tests.line_changes import NUMBERS, laid_over, some
from tests.plain_lines import Made, case, clearance, consent, delete, document, link, prop, subject
from tests.policy_strategy import agreements, policies

CASES = ("C-1", "C-2", "C-3")
DOCUMENTS = ("D-1", "D-2", "D-3", "D-4")
SUBJECTS = ("S-1", "S-2", "S-3")
RECORDS = (*CASES, *DOCUMENTS, *SUBJECTS)
FURTHER = (*CASES[1:], *DOCUMENTS[1:], *SUBJECTS[1:])
NO_RECORDS = ("C-NEVER", "D-NEVER", "S-NEVER", "L-1", "K-1", "N-1")  # never loaded, or ids of something else
LINKS = tuple(f"L-{n}" for n in range(1, 15))


@dataclass(frozen=True)
class World:
    """One question. `tainted`: ids that a rejected line named."""

    lines: list[Made]
    policy: dict[str, Any]
    agreements: tuple[dict[str, Any], dict[str, Any]]
    today: date
    tainted: frozenset[str]


# --- records ---

DRESSED = (
    "ny03–0002",
    "ＮＹ０３－０００１",
    "N\u200bY03-0002",
    "NY03‑0001−002",
    "NY03-0001-009",
    "28/2003",
    "NY03",
)
BETWEEN = (" ", " ", ", ", "_", "-", "-1", "A", "é", "\u00ad", "/", ".pdf ", "seen ", "ß", "½")
TEXTS = st.lists(st.sampled_from([*NUMBERS, *DRESSED, *BETWEEN]), max_size=4).map("".join)
TITLES = st.sampled_from(["Plain", "Plain", "", "Answers NY03-0001", "On NY03-0002-001 and la03-0007"])
CODES = st.sampled_from([*("REL",) * 24, "TAR", "TAR", "T3", "BSA"])

CHANGED_CASES = some(line_changes.OF_A_CASE)
CHANGED_DOCUMENTS = some(line_changes.OF_A_DOCUMENT)
CHANGED_SUBJECTS = some(line_changes.OF_A_SUBJECT)
CHANGED_PROPERTIES = some(line_changes.OF_A_PROPERTY)
ODD_SOURCES = st.sampled_from(line_changes.ODD_SOURCES)
PLAIN_SOURCES = st.lists(st.sampled_from(DOCUMENTS), max_size=2)
SOURCES = st.one_of(
    PLAIN_SOURCES, PLAIN_SOURCES.map(lambda drawn: drawn or ["D-1"]), st.just(["D-1"]), ODD_SOURCES
)


@st.composite
def records(draw: st.DrawFn, ident: str) -> Made:
    """A record by its id, one of RECORDS; now and then with a code that withholds it."""
    order, coded = int(ident[-1]), {"access_codes": [draw(CODES)]}
    if ident in CASES:
        plain = case(ident, NUMBERS[order - 1], synopsis=draw(TEXTS), program="fraud")
        return laid_over(plain | coded, draw(CHANGED_CASES))
    if ident in DOCUMENTS:
        plain = document(ident, NUMBERS[order + 2], draw(TEXTS), title=draw(TITLES))
        return laid_over(plain | coded, draw(CHANGED_DOCUMENTS))
    return laid_over(subject(ident, *draw(PROPERTIES)) | coded, draw(CHANGED_SUBJECTS))


@st.composite
def properties(draw: st.DrawFn) -> object:
    """One property of a subject; now and then something that is none."""
    if draw(st.integers(0, 15)) == 15:
        return draw(st.sampled_from(["Ann Poe", None, ["name"]]))
    name = draw(st.sampled_from(["name", "alias", "description"]))
    plain = laid_over(prop(name, draw(TEXTS)), {"sources": draw(SOURCES)})
    return laid_over(plain, draw(CHANGED_PROPERTIES))


PROPERTIES = st.lists(properties(), min_size=1, max_size=4)

# --- links ---

ENDS_OF_TYPES = {
    "CONTAINS": (CASES, DOCUMENTS),
    "HAS_ATTACHMENT": (DOCUMENTS, DOCUMENTS),
    "CITES": (DOCUMENTS, RECORDS),
    "DERIVED_FROM": (RECORDS, RECORDS),
    "SUPERSEDES": (DOCUMENTS, DOCUMENTS),
    "MENTIONS": (DOCUMENTS, SUBJECTS),
    "SUBJECT_OF": (SUBJECTS, CASES),
    "SOURCE_OF": (SUBJECTS, (*CASES, *DOCUMENTS)),
    "RELATED_TO": (CASES, CASES),
    "KNOWS": (SUBJECTS, SUBJECTS),
    "X_1": (RECORDS, RECORDS),
    "X_2": (RECORDS, RECORDS),
}
COMMON = ("CONTAINS",) * 8 + ("SUBJECT_OF",) * 4 + ("MENTIONS", "MENTIONS", "KNOWS", "CITES", "X_1", "X_2")
TYPES = st.sampled_from([*COMMON, *ENDS_OF_TYPES])
CHANGED_LINKS = some(line_changes.OF_A_LINK)


@st.composite
def links(draw: st.DrawFn, ident: str, held: Sequence[str]) -> Made:
    """A link: mostly between records that are held and fit its type, now and then between any two ids."""
    type_ = draw(TYPES)
    starts, ends = (
        [record for record in held if record in fitting] or fitting for fitting in ENDS_OF_TYPES[type_]
    )
    if draw(st.integers(0, 15)) == 15:
        starts, ends = RECORDS + NO_RECORDS, RECORDS + NO_RECORDS
    plain = link(ident, draw(st.sampled_from(starts)), type_, draw(st.sampled_from(ends)))
    if type_ == "KNOWS" or draw(st.integers(0, 3)) == 3:
        asserted = {"sources": draw(SOURCES), "role": draw(TITLES), "since": "2003-04"}
        plain = laid_over(plain, asserted)
    return laid_over(plain, draw(CHANGED_LINKS))


@st.composite
def supports(draw: st.DrawFn, ident: str, supported: str, held: Sequence[str]) -> Made:
    """A link that may support a document or subject, from a case."""
    first = draw(st.sampled_from([record for record in held if record in CASES]))
    ends = (first, "CONTAINS", supported) if supported in DOCUMENTS else (supported, "SUBJECT_OF", first)
    return laid_over(link(ident, *ends), draw(CHANGED_LINKS))


# --- clearances and consents ---

CHANGED_CLEARANCES = some(line_changes.OF_A_CLEARANCE)
CHANGED_CONSENTS = some(line_changes.OF_A_CONSENT)
CODE_OF = {"title_iii": "T3", "third_agency": "TAR", "bank_secrecy": "BSA", "confidential_source": "CS"}
CLEARED = (*CODE_OF, "uncoded")
CONSENTED = ("third_agency", "third_agency", "confidential_source", "title_iii")


@st.composite
def clearances(draw: st.DrawFn, ident: str, held: Sequence[Made]) -> Made:
    """A clearance of one of the links that have a type, or of the citation that a text implies."""
    pair = [draw(st.sampled_from(DOCUMENTS)), draw(st.sampled_from(DOCUMENTS))]
    implied = link(f"implied:{pair[0]}:{pair[1]}", pair[0], "CITES", pair[1])
    cleared = draw(st.sampled_from([implied, *(line for line in held if "type" in line)]))
    plain = clearance(ident, cleared, draw(st.sampled_from(CLEARED)), agreements=["ndex", "county"])
    return laid_over(plain, draw(CHANGED_CLEARANCES))


@st.composite
def consents(draw: st.DrawFn, ident: str, held: Sequence[str]) -> Made:
    """A consent for a record, or for a link."""
    targets = [*({"record": record} for record in held), *({"link": link} for link in LINKS[:2])]
    plain = consent(ident, draw(st.sampled_from(CONSENTED)), **draw(st.sampled_from(targets)))
    return laid_over(plain, draw(CHANGED_CONSENTS))


def needs_for(permission: Made) -> dict[str, Made]:
    """What makes a permission count: a code on the record that it is for, or that its link comes to."""
    idents = [permission.get("record"), permission.get("to")]
    code = CODE_OF.get(permission.get("category", ""), "NO SUCH CODE")
    return {ident: {"access_codes": [code]} for ident in idents if ident in RECORDS}


# --- worlds ---

GONE = st.sampled_from([*RECORDS, *LINKS[:3], "K-0", "N-0", "NEVER-HELD"])
WHEN_GONE = st.sampled_from([{}, {}, {}, {}, *line_changes.REVISED])
DAYS_OF_JUDGEMENT = (worked_example.TODAY,) * 24 + (date(2026, 11, 25), date(2030, 1, 1), date(2003, 4, 5))


@st.composite
def holdings(draw: st.DrawFn) -> list[Made]:
    """Records, links, permissions, then some of them again, and deletions: in this order, or in any."""
    held = ["C-1", "D-1", "S-1", *draw(st.lists(st.sampled_from(FURTHER), max_size=5, unique=True))]
    supported = [ident for ident in held if ident not in CASES and draw(st.integers(0, 7))]
    names = LINKS[: draw(st.integers(len(supported), len(LINKS)))]
    tied = [draw(supports(name, ident, held)) for name, ident in zip(names, supported, strict=False)]
    tied += [draw(links(name, held)) for name in names[len(supported) :]]
    permissions = [draw(clearances(f"K-{n}", tied)) for n in range(draw(st.integers(0, 3)))]
    permissions += [draw(consents(f"N-{n}", held)) for n in range(draw(st.integers(0, 3)))]
    needs = needs_for(draw(st.sampled_from(permissions))) if draw(st.booleans()) and permissions else {}
    again = draw(st.lists(st.sampled_from([*held, *LINKS[:3]]), max_size=2))
    lines = [
        *(draw(records(ident)) | needs.get(ident, {}) for ident in held),
        *tied,
        *permissions,
        *(draw(links(ident, held) if ident in LINKS else records(ident)) for ident in again),
        *(delete(ident, **draw(WHEN_GONE)) for ident in draw(st.lists(GONE, max_size=2))),
    ]
    return draw(st.permutations(lines)) if draw(st.booleans()) else lines


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Everything at once."""
    tainted = st.lists(st.sampled_from([*RECORDS, *LINKS, "K-0", "N-0"]), max_size=1)
    return World(
        lines=draw(holdings()),
        policy=draw(policies()),
        agreements=(draw(agreements("ndex")), draw(agreements("county"))),
        today=draw(st.sampled_from(DAYS_OF_JUDGEMENT)),
        tainted=frozenset(draw(tainted)) if draw(st.integers(0, 4)) == 4 else frozenset(),
    )
