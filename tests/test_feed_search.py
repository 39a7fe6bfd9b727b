"""The search index of what is served is made beforehand, follows the release, and goes with it."""

import threading

import pytest

from graph.model import AgreementId
from graph.search_index import SearchIndex
from server.feed import Feed
from tests.feeding import LESS, WHOLE, feed_of, run, store, version
from tests.partner_world import NDEX, publish


def indexed(feed: Feed, agreement: AgreementId = NDEX) -> SearchIndex:
    """The index that the feed keeps once it has been made."""
    current = run(lambda: feed.view(agreement))
    for thread in threading.enumerate():
        if thread.daemon and thread is not threading.current_thread():
            thread.join(10)
    assert feed._indices[agreement] is current.searchable()
    return current.searchable()


def test_the_search_index_of_a_view_is_made_beforehand_and_follows_the_one_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    version(feed)
    first = indexed(feed)
    monkeypatch.setattr(SearchIndex, "of", None)  # so that none can be built afresh
    publish(releases, LESS)
    assert version(feed) == LESS.header.version
    assert indexed(feed) is not first


def test_the_search_index_of_a_release_that_is_gone_is_let_go_of() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    version(feed)
    indexed(feed)
    releases.drop(NDEX)
    assert (version(feed), feed._indices) == (None, {})
