"""What verifying finds of a release, gone through in order, is what comparing both contents whole finds."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import verifying_release
from graph.agreement import agreement_of
from graph.draft import Rules
from graph.model import EntryId, OpaqueId
from graph.policy_file import policy_of
from graph.release import (
    Content,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
    Value,
)
from graph.release_store import Change
from graph.store import Keeping, StoredHoldings
from graph.verifying import Published, What
from graph.verifying_kept import KeptBeside
from tests import plain_verifying
from tests.building import Agency, moment
from tests.holdings_strategy import TEXTS, World, worlds
from tests.line_changes import NUMBERS
from tests.memory_holdings import MemoryHoldings
from tests.plain_verifying import Found
from tests.test_region import lines_of_a_change

Draw = Callable[[st.SearchStrategy[Any]], Any]

NEITHER = OpaqueId("f" * 32)
"""No id of anything."""

STEPS: Final = st.one_of(
    lines_of_a_change().map(lambda lines: ("load", lines)),
    st.sampled_from([("publish", None), ("restrict", None), ("forget", None)]),
)
SHOWN_NUMBERS: Final = st.sampled_from([*NUMBERS, "[number withheld]"])
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=1_000, deadline=None, suppress_health_check=list(HealthCheck))


def agency_of(world: World, holdings: StoredHoldings | None = None) -> Agency:
    under = policy_of(world.policy)
    agreements = [agreement_of(tables, under, "agreement.toml") for tables in world.agreements]
    by = Rules(under, {each.id: each for each in agreements})
    agency = Agency(by, holdings or MemoryHoldings(), now=moment(world.today))
    agency.load(*world.lines)
    agency.publish()
    return agency


def take(agency: Agency, step: tuple[str, Any]) -> None:
    what, lines = step
    if what == "load":
        agency.load(*lines)
    elif what == "publish":
        agency.publish()
    elif what == "restrict":
        agency.restrict()
    else:
        agency.holdings.forget()


def found(agency: Agency) -> set[Found]:
    """What is found of contents and histories."""
    account = plain_verifying.account(agency)
    published = Published(agency.holdings, agency.releases, agency.keys, account)
    drawn, _ = agency.publisher.whole(agency.rules, agency.now)
    findings = published.findings(agency.rules, agency.now, drawn.drafts)
    return {(each.agreement, each.what, frozenset(each.ids)) for each in findings if each.agreement} - {
        (id, What.PROMISES, frozenset[str]()) for id in agency.rules.agreements
    }


# --- what somebody may have done to a release ---


def another_text(draw: Draw, content: Content, record: ReleasedRecord) -> None:
    if isinstance(record, ReleasedSubject):
        values = (*record.properties, Value("name", draw(TEXTS)))
        content.records[record.id] = msgspec.structs.replace(record, properties=values)
    else:
        content.records[record.id] = msgspec.structs.replace(record, title=draw(TEXTS))


def another_number(draw: Draw, content: Content, record: ReleasedRecord) -> None:
    if not isinstance(record, ReleasedSubject):
        content.records[record.id] = msgspec.structs.replace(record, number=draw(SHOWN_NUMBERS))


def another_kind(draw: Draw, content: Content, record: ReleasedRecord) -> None:
    if isinstance(record, ReleasedCase):
        content.records[record.id] = ReleasedDocument(record.id, record.number, "report")
    else:
        content.records[record.id] = ReleasedCase(record.id, draw(SHOWN_NUMBERS))


def gone(_: Draw, content: Content, record: ReleasedRecord) -> None:
    del content.records[record.id]


def one_more(draw: Draw, content: Content, record: ReleasedRecord) -> None:
    content.records[NEITHER] = ReleasedCase(NEITHER, draw(SHOWN_NUMBERS))
    content.links[NEITHER] = ReleasedLink(id=NEITHER, type="CONTAINS", head=NEITHER, tail=record.id)


def another_role(draw: Draw, content: Content, link: ReleasedLink) -> None:
    content.links[link.id] = msgspec.structs.replace(link, role=draw(TEXTS) or None)


def another_head(draw: Draw, content: Content, link: ReleasedLink) -> None:
    head = draw(st.sampled_from([*content.records, NEITHER]))
    content.links[link.id] = msgspec.structs.replace(link, head=head)


def other_sources(_: Draw, content: Content, link: ReleasedLink) -> None:
    content.links[link.id] = msgspec.structs.replace(link, sources=(*link.sources, NEITHER))


def gone_link(_: Draw, content: Content, link: ReleasedLink) -> None:
    del content.links[link.id]


OF_RECORDS: Final[list[Callable[..., None]]] = [another_text, another_number, another_kind, gone, one_more]
OF_LINKS: Final[list[Callable[..., None]]] = [another_role, another_head, other_sources, gone_link]


def damage(draw: Draw, agency: Agency) -> None:
    """Do to a release what no command does."""
    release = agency.releases.read(draw(st.sampled_from(sorted(agency.releases.headers()))))
    assert release is not None
    content = Content(dict(release.content.records), dict(release.content.links))
    for done, elements in ((OF_RECORDS, content.records), (OF_LINKS, content.links)):
        if elements and draw(st.booleans()):
            draw(st.sampled_from(done))(draw, content, draw(st.sampled_from(list(elements.values()))))
    agency.releases.apply(release.header, Change.between(release.content, content))


def look(world: World, steps: list[tuple[str, Any]], draw: Draw, damages: int) -> None:
    agency = agency_of(world)
    for step in steps:
        take(agency, step)
    for _ in range(damages):
        damage(draw, agency)
    with pytest.MonkeyPatch.context() as patching:
        patching.setattr(verifying_release, "_AT_ONCE", draw(st.sampled_from([1, 2, 5_000])))
        assert found(agency) == plain_verifying.findings(agency)


@QUICK
@given(worlds(), st.lists(STEPS, max_size=4), st.data(), st.integers(0, 3))
def test_what_is_found_is_what_both_contents_whole_tell(
    world: World, steps: list[tuple[str, Any]], data: st.DataObject, damages: int
) -> None:
    look(world, steps, data.draw, damages)


@pytest.mark.long
@LONG
@given(worlds(), st.lists(STEPS, max_size=6), st.data(), st.integers(0, 4))
def test_what_is_found_in_a_thousand_worlds_is_what_both_contents_whole_tell(
    world: World, steps: list[tuple[str, Any]], data: st.DataObject, damages: int
) -> None:
    look(world, steps, data.draw, damages)


# --- what is kept beside ---


@dataclass(frozen=True)
class Kept:
    """What somebody may have done to what is kept: terms and standings that went, by their places; what came."""

    terms: list[int]
    standings: list[int]
    more: bool


KEPT: Final = st.builds(Kept, *[st.lists(st.integers(0, 60), max_size=3)] * 2, more=st.booleans())


def spoil(holdings: MemoryHoldings, kept: Kept) -> None:
    pairs, stood = sorted(holdings.every_term()), sorted(holdings.every_standing())
    holdings.keep(
        Keeping(
            gone=[pairs[place] for place in kept.terms if place < len(pairs)],
            terms=[("n:NY", EntryId("C-1")), ("d:0000001", EntryId("D-1"))] if kept.more else [],
            standings=[(stood[place][0], b"otherwise") for place in kept.standings if place < len(stood)],
        )
    )


@QUICK
@given(worlds(), st.lists(STEPS, max_size=4), KEPT, st.sampled_from([0, 1, 400]))
def test_what_is_found_of_what_is_kept_is_what_asking_for_each_tells(
    world: World, steps: list[tuple[str, Any]], kept: Kept, days: int
) -> None:
    holdings = MemoryHoldings()
    agency = agency_of(world, holdings)
    for step in steps:
        take(agency, step)
    spoil(holdings, kept)
    account = plain_verifying.account(agency)
    if account is None:
        return
    agency.now = replace(agency.now, day=agency.now.day + days)
    _, judged = agency.publisher.whole(agency.rules, agency.now)
    beside = KeptBeside(holdings, account).findings(judged.on(account.day))
    assert {(each.what, frozenset(each.ids)) for each in beside} == plain_verifying.kept_findings(
        agency, account
    )
