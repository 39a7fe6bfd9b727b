"""What can be reached over GraphQL is what was released: no more, no less, to the last field and source."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import OpaqueId
from graph.numbers import WITHHELD
from graph.release import (
    Content,
    ReleasedCase,
    ReleasedDocument,
    ReleasedLink,
    ReleasedRecord,
    ReleasedSubject,
    Value,
)
from graph.view import View
from tests.partner_client import Client
from tests.partner_walk import walk
from tests.partner_world import ask, content, published, release, view


def walked(of: View) -> Content:
    """What a walk over a View meets."""

    def post(query: str, variables: Mapping[str, Any]) -> Any:
        return ask(query, of, **variables)

    return walk(post)


def test_a_walk_over_http_meets_exactly_what_is_released() -> None:
    client = Client(published(release()))
    assert walk(lambda query, variables: client.ask(query, **variables)) == content()


def test_a_walk_over_nothing_meets_nothing() -> None:
    assert walked(view(Content())) == Content()


def test_a_walk_goes_on_over_pages_of_records_and_of_links() -> None:
    hub = ReleasedCase(OpaqueId("c"), "NY03-0001")
    documents = [ReleasedDocument(OpaqueId(f"d{n:03}"), f"NY03-0001-{n:03}", "ROI") for n in range(230)]
    links = [
        ReleasedLink(id=OpaqueId(f"l{d.id}"), type="CONTAINS", head=hub.id, tail=d.id) for d in documents
    ]
    whole = content((hub, *documents), tuple(links))
    assert walked(view(whole)) == whole


TEXT = st.one_of(st.none(), st.text(max_size=4))
DAY = st.sampled_from([None, "2003-04-05", "0001-01-01", "9999-12-31"])
NUMBER = st.sampled_from(["NY03-0001", "NY03-0002", WITHHELD])


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Any release there might be, as a store would hold it: lists in the order of their ids, no value twice."""
    count = st.integers(0, 5)
    cases = [
        ReleasedCase(
            OpaqueId(f"c{n}"),
            draw(NUMBER),
            office=draw(TEXT),
            title=draw(TEXT),
            status=draw(TEXT),
            program=draw(TEXT),
            opened=draw(DAY),
            closed=draw(DAY),
            synopsis=draw(TEXT),
            contact=draw(TEXT),
            validated=draw(DAY),
        )
        for n in range(draw(count))
    ]
    documents = [
        ReleasedDocument(
            OpaqueId(f"d{n}"),
            draw(NUMBER),
            draw(st.sampled_from(["ROI", "other"])),
            office=draw(TEXT),
            title=draw(TEXT),
            prepared=draw(DAY),
            narrative=draw(TEXT),
            author=draw(TEXT),
            contact=draw(TEXT),
            validated=draw(DAY),
        )
        for n in range(draw(count))
    ]
    sources = st.sets(st.sampled_from([d.id for d in documents]), max_size=3) if documents else st.just(set())
    values = st.dictionaries(
        st.tuples(st.sampled_from(["name", "alias"]), st.text(max_size=3)), sources, max_size=4
    )
    subjects = [
        ReleasedSubject(
            OpaqueId(f"s{n}"),
            draw(st.sampled_from(["person", "other"])),
            draw(TEXT),
            tuple(Value(*key, tuple(sorted(asserting))) for key, asserting in sorted(draw(values).items())),
            contact=draw(TEXT),
            validated=draw(DAY),
        )
        for n in range(draw(count))
    ]
    records: tuple[ReleasedRecord, ...] = (*cases, *documents, *subjects)
    ends = st.sampled_from([record.id for record in records]) if records else st.nothing()
    links = tuple(
        ReleasedLink(
            id=OpaqueId(f"l{n}"),
            type=draw(st.sampled_from(["CONTAINS", "KNOWS", "MENTIONS"])),
            head=draw(ends),
            tail=draw(ends),
            role=draw(TEXT),
            since=draw(st.sampled_from([None, "2003"])),
            sources=tuple(sorted(draw(sources))),
        )
        for n in range(draw(count) if records else 0)
    )
    return content(records, links)


@settings(max_examples=80, deadline=None)
@given(contents())
def test_a_walk_over_any_release_meets_exactly_that(whole: Content) -> None:
    assert walked(view(whole)) == whole
