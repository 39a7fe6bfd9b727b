"""What links state is kept as they are gathered, so that no link is read twice: it tells the same as their lines do."""

from collections import Counter

import numpy as np
from hypothesis import given, settings

from graph import drawn_links
from graph.agreement import agreement_of
from graph.content import Showing
from graph.draft import Moment, Rules, drafts
from graph.drawn_links import named
from graph.gather import gather_stated
from graph.judge import judge
from graph.keys import naming, total
from graph.model import Kind, OpaqueId
from graph.policy_file import policy_of
from graph.release import Content, encode
from graph.terms import link_terms, terms_of
from graph.whole import ManyLinks, all_links, ends_of_all, rows_by_head
from tests.building import KEYS
from tests.engine import holdings_of
from tests.holdings_strategy import World, worlds


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_links_are_shown_from_what_was_kept_of_them_as_from_their_lines(world: World) -> None:
    read = policy_of(world.policy)
    mous = [agreement_of(tables, read, "agreement.toml") for tables in world.agreements]
    holdings = holdings_of(world.lines, read.patterns, world.tainted)
    stated = gather_stated(holdings.entries(), read)
    moment = Moment(world.today.toordinal(), "2026-11-24T09:00:00Z", "UTC", clock_is_set=True)
    drawn = drafts(holdings, stated, Rules(read, {mou.id: mou for mou in mous}), KEYS, moment)
    for mou in mous:
        judgement = judge(stated.linkage, read, mou, moment.day)
        showing, content = Showing.of(judgement, read, mou, naming(KEYS, mou.id)), Content()
        for entry in holdings.entries():
            showing.add(entry, content)
        assert drawn[mou.id].beside(Content()) == content


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_links_that_are_made_when_they_are_looked_at_are_written_as_the_same_links_as_objects(
    world: World,
) -> None:
    read = policy_of(world.policy)
    mous = [agreement_of(tables, read, "agreement.toml") for tables in world.agreements]
    holdings = holdings_of(world.lines, read.patterns, world.tainted)
    stated = gather_stated(holdings.entries(), read)
    moment = Moment(world.today.toordinal(), "2026-11-24T09:00:00Z", "UTC", clock_is_set=True)
    drawn = drafts(holdings, stated, Rules(read, {mou.id: mou for mou in mous}), KEYS, moment)
    for draft in drawn.values():
        many, objects = all_links(draft.drawn), list(draft.beside(Content()).links.values())
        assert isinstance(many, ManyLinks)
        assert list(many.rows()) == list(rows_by_head(objects))
        assert Counter(many.bodies()) == Counter(map(encode, objects))
        assert many.ends() == ends_of_all(objects)
        assert (len(many), many.types()) == (len(objects), Counter(link.type for link in objects))
        assert [link in many for link in objects] == [True] * len(objects)
        assert total(draft.drawn, KEYS.version) == total(draft.beside(Content()), KEYS.version)


@given(worlds())
@settings(max_examples=100, deadline=None)
def test_links_are_found_by_what_was_kept_of_them_as_by_their_lines(world: World) -> None:
    read = policy_of(world.policy)
    holdings = holdings_of(world.lines, read.patterns, world.tainted)
    by_line = [
        (term, entry.id)
        for entry in holdings.entries()
        if entry.kind is Kind.LINK
        for term in terms_of(entry, read)
    ]
    kept = link_terms(gather_stated(holdings.entries(), read), read)
    assert Counter(kept) == Counter(by_line)


def test_links_of_one_record_whose_names_begin_alike_are_in_the_order_of_their_names() -> None:
    ids = named(OpaqueId(f"{'ab' * 8}{end:016x}") for end in (3, 1, 2))
    assert drawn_links._by_head(np.array([1, 1, 0]), ids).tolist() == [2, 1, 0]
