"""What another home does in the same database changes no answer of a store (issue 6): steps of two, drawn in turn.

The specification is a store in memory for each home, which is given that home's steps alone.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from typing import Any, Final, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import AgreementId, Entry, EntryId, Kind
from graph.readers import MOST_ANNOUNCED_SECONDS, Reader
from graph.release import Content
from graph.release_store import Change, Releases
from graph.revocations import Revocations
from graph.store import Batch, Keeping, Paper, StoredHoldings, Taint
from graph.stores.bolt_holdings import open_holdings
from graph.stores.bolt_releases import open_releases
from graph.terms import END
from tests.memory_holdings import MemoryHoldings
from tests.memory_releases import MARK, MemoryReleases
from tests.neighbours import HOME, NEIGHBOUR
from tests.neo4j_server import Neo4jServer
from tests.store_contract import access, case, content, deleted, document, emptied, entry, header, link, tie

pytestmark = pytest.mark.neo4j

KINDS: Final = {
    "C-1": Kind.CASE,
    "C-2": Kind.CASE,
    "D-1": Kind.DOCUMENT,
    "L-1": Kind.LINK,
    "N-1": Kind.CONSENT,
}
IDS: Final = [EntryId(id) for id in KINDS]
TERMS: Final = ["number:NY-1", "number:NY-2"]
AGREEMENTS: Final = [AgreementId(id) for id in ("ndex", "county")]
WORDS: Final = st.sampled_from(["one", "other", "a third"])

S = TypeVar("S")
Steps = list[tuple[bool, Callable[[S], object]]]


def put_entry(id: EntryId, word: str, gone: bool) -> Entry:
    if gone:
        return deleted(id, KINDS[id])
    return link(id, "C-1", "D-1", role=word) if id == "L-1" else entry(id, KINDS[id], title=word)


ENTRIES = st.dictionaries(st.sampled_from(IDS), st.tuples(WORDS, st.booleans()), max_size=4).map(
    lambda drawn: [put_entry(id, *how) for id, how in drawn.items()]
)
PAIRS = st.lists(st.tuples(st.sampled_from(TERMS), st.sampled_from(IDS)), max_size=3, unique=True)
BATCHES = st.builds(
    Batch,
    puts=ENTRIES,
    lifted=st.lists(st.sampled_from(["x", "y"]), max_size=1),
    taints=st.lists(
        st.builds(Taint, st.sampled_from(IDS), st.sampled_from(["x", "y"])), max_size=2, unique=True
    ),
    memory=st.dictionaries(st.sampled_from(["home", "day"]), WORDS, max_size=1),
    papers=st.builds(Paper, st.just("wants"), st.sampled_from(IDS), WORDS, st.booleans()).map(
        lambda one: [one]
    ),
)
KEEPINGS = st.builds(
    Keeping,
    standings=st.dictionaries(st.sampled_from(IDS), st.binary(max_size=2), max_size=2).map(
        lambda drawn: list(drawn.items())
    ),
    gone=PAIRS,
    terms=PAIRS,
    account=st.none() | WORDS,
)
HOLDING: st.SearchStrategy[Callable[[StoredHoldings], object]] = st.one_of(
    BATCHES.map(lambda batch: lambda store: store.take(batch)),
    KEEPINGS.map(lambda keeping: lambda store: store.keep(keeping)),
    st.just(lambda store: store.forget()),
)


def holdings_tell(store: StoredHoldings) -> dict[str, Any]:
    """Every answer of a store of holdings."""
    return {
        "held": store.held(IDS),
        "entries": {one.id: one for one in store.entries()},
        "taints": store.taints(),
        "counts": store.counts(),
        "papers": store.papers("wants", IDS),
        "waiting": store.waiting("wants"),
        "every paper": {(one.drawer, one.id): one for one in store.every_paper()},
        "remembered": store.remembered(),
        "home": store.recall("home"),
        "kept": kept(store),
    }


def kept(store: StoredHoldings) -> Any:
    """What is kept, where it counts."""
    if store.account() is None:
        return None
    return (
        store.account(),
        store.changed(),
        store.standings(IDS),
        store.found([*TERMS, END + "C-1"]),
        store.found_from(["number:"]),
    )


CONTENTS: Final = [
    Content(),
    content(case("c1"), document("d1"), tie("k1", "c1", "d1")),
    content(
        case("c1", title="Other"), case("c2"), document("d1"), tie("k1", "c2", "d1"), tie("k2", "c1", "d1")
    ),
]


def become(agreement: AgreementId, new: Content) -> Callable[[Releases], object]:
    def apply(store: Releases) -> None:
        read = store.read(agreement)
        store.apply(header(new, agreement), Change.between(Content() if read is None else read.content, new))

    return apply


RELEASING: st.SearchStrategy[Callable[[Releases], object]] = st.one_of(
    st.builds(become, st.sampled_from(AGREEMENTS), st.sampled_from(CONTENTS)),
    st.sampled_from(AGREEMENTS).map(lambda agreement: lambda store: store.drop(agreement)),
    st.tuples(
        st.builds(Reader, st.sampled_from(["r", "s"]), st.integers(0, 9), st.just(2.0)),
        st.dictionaries(st.sampled_from(["UTC", "Asia/Tokyo"]), st.integers(98, 102), max_size=2),
    ).map(lambda said: lambda store: store.enrol(*said)),
    st.integers(98, 102).map(lambda day: lambda store: store.set_back(day)),
    st.just(lambda store: store.leave("r")),
    st.just(lambda store: store.strike_off(["r", "s"], 5)),
    WORDS.map(lambda name: lambda store: store.own(name)),
    WORDS.map(
        lambda name: lambda store: store.revoke(Revocations(frozenset({name}), {AGREEMENTS[0]: len(name)}))
    ),
    st.sampled_from([0, MOST_ANNOUNCED_SECONDS]).map(
        lambda seconds: lambda store: store.announce_restriction(seconds)
    ),
    st.just(lambda store: store.restriction_done()),
)


def releases_tell(store: Releases) -> dict[str, Any]:
    """Every answer of a store of releases."""
    return {
        "headers": store.headers(),
        "read": {agreement: store.read(agreement) for agreement in AGREEMENTS},
        "past": {agreement: store.past(agreement) for agreement in store.headers()},
        "readers": {reader.name: reader for reader in store.enrolled()},
        "seen": store.seen(),
        "standing": store.standing(),
        "revoked": store.revocations(),
        "owner": store.owner(),
    }


def tried(steps: Steps[S], stores: Sequence[S], models: Sequence[S], tell: Callable[[S], Any]) -> None:
    """Each step is done to one home; after it both say what they would alone."""
    for of_other, step in steps:
        for pair in (stores, models):
            step(pair[of_other])
        for store, model in zip(stores, models, strict=True):
            assert tell(store) == tell(model)


def test_no_step_of_another_home_changes_what_holdings_say(neo4j_holdings_server: Neo4jServer) -> None:
    @settings(max_examples=4, deadline=None)
    @given(st.lists(st.tuples(st.booleans(), HOLDING), min_size=3, max_size=7))
    def holds(steps: Steps[StoredHoldings]) -> None:
        server = emptied(neo4j_holdings_server)
        with ExitStack() as stack:
            ours, theirs = (
                stack.enter_context(open_holdings(*access(server), home)) for home in (HOME, NEIGHBOUR)
            )
            stores: Sequence[StoredHoldings] = (ours, theirs)
            models: Sequence[StoredHoldings] = (MemoryHoldings(), MemoryHoldings())
            tried(steps, stores, models, holdings_tell)

    holds()
    emptied(neo4j_holdings_server)


def test_no_step_of_another_home_changes_what_releases_say(neo4j_releases_server: Neo4jServer) -> None:
    @settings(max_examples=4, deadline=None)
    @given(st.lists(st.tuples(st.booleans(), RELEASING), min_size=3, max_size=7))
    def holds(steps: Steps[Releases]) -> None:
        server = emptied(neo4j_releases_server)
        with ExitStack() as stack:
            ours, theirs = (
                stack.enter_context(closing(open_releases(*access(server), MARK, home)))
                for home in (HOME, NEIGHBOUR)
            )
            stores: Sequence[Releases] = (ours, theirs)
            models: Sequence[Releases] = (MemoryReleases(), MemoryReleases())
            tried(steps, stores, models, releases_tell)

    holds()
    emptied(neo4j_releases_server)
