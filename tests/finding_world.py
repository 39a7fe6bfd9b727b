"""What is found in some lines, under the worked example's policy with words for its categories, and its `ndex`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.agreement import Agreement
from graph.findings.around import Around
from graph.findings.examined import Examined
from graph.findings.finding import Finding
from graph.findings.names import names_in, places
from graph.findings.rules import findings_in
from graph.gather import gather
from graph.judge import judge
from graph.model import RECORD_KINDS, Entry
from graph.policy import Policy
from graph.reading import read_record
from graph.shared import Shared
from tests import worked_example
from tests.building import TODAY, Agency, Given, agreement, policy, rules

WORDS = {
    "grand_jury": ["grand jury", "6(e)"],
    "bank_secrecy": ["SAR"],
    "title_iii": ["Title III"],
    "asylum": ["I-589"],
}


def worded(readers: Mapping[str, Sequence[str]] | None = None, **changed: Any) -> Policy:
    """The worked example's policy with these words, and some keys replaced. readers: of some categories."""
    categories: dict[str, Any] = worked_example.policy()["categories"]
    for category, some in (readers or {}).items():
        categories[category]["readers"] = list(some)
    for category, words in WORDS.items():
        categories[category]["words"] = words
    return policy(categories=categories, **changed)


def held(*lines: Given, under: Policy | None = None) -> list[Entry]:
    """The lines as they are held."""
    agency = Agency(rules=rules(under=under or worded()))
    agency.load(*lines)
    assert not agency.rejected
    return list(agency.holdings.entries())


def around(
    entries: Sequence[Entry],
    under: Policy,
    agreements: Iterable[Agreement],
    today: int = TODAY.toordinal(),
) -> Around:
    """What is around the records of these entries."""
    linkage = gather(entries, under)
    shared = Shared.of(linkage, under)
    judged = [(one, judge(linkage, under, one, today, shared)) for one in agreements]
    named = {entry.id: names_in(entry, under) or () for entry in entries}
    return Around.of(under, linkage, shared.closure.words, judged, today, places(named, linkage))


def found_among(entries: Iterable[Entry], beside: Around) -> list[Finding]:
    """Every finding of the records among the entries that are not deleted."""
    records = [read_record(entry) for entry in entries if entry.kind in RECORD_KINDS and not entry.deleted]
    return [finding for record in records for finding in findings_in(Examined.of(record, beside))]


def found(*lines: Given, under: Policy | None = None) -> list[Finding]:
    """Every finding of these lines."""
    known = under or worded()
    entries = held(*lines, under=known)
    return found_among(entries, around(entries, known, [agreement(under=known)]))


def told(*lines: Given, under: Policy | None = None) -> set[tuple[str, str, str]]:
    """Every finding of these lines as its rule, its record and its sentence."""
    return {(str(each.rule), str(each.record), each.text) for each in found(*lines, under=under)}
