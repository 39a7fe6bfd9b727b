"""The search index of what is served is made beforehand, follows the release, and goes with it."""

import asyncio
import subprocess
import sys
import threading
import time

import pytest

from graph import search_index
from graph.late_index import IndexLate
from graph.model import AgreementId
from graph.release import ReleasedRecord
from graph.release_store import Change
from graph.search_index import SearchIndex
from graph.searched import Searched, searched
from server.partner.feed import Feed
from tests.feeding import LESS, WHOLE, feed_of, run, store, version
from tests.partner_world import COUNTY, NDEX, publish, release


def indexed(feed: Feed, agreement: AgreementId = NDEX) -> SearchIndex:
    """The index that the feed keeps once it has been made."""
    current = run(lambda: feed.view(agreement))
    for thread in feed._indexing._threads:
        thread.join(60)
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


@pytest.mark.parametrize("later", [True, False], ids=["another is opened", "the release is taken away"])
def test_the_index_of_a_view_that_is_served_no_more_is_built_no_further(
    monkeypatch: pytest.MonkeyPatch, later: bool
) -> None:
    begun, go_on = threading.Event(), threading.Event()
    looked_at: list[threading.Thread] = []

    def waiting(record: ReleasedRecord) -> Searched:
        begun.set()
        assert go_on.wait(60)
        looked_at.append(threading.current_thread())
        return searched(record)

    monkeypatch.setattr(search_index, "searched", waiting)
    releases = store(WHOLE)
    feed = feed_of(releases)
    before = run(lambda: feed.view(NDEX))
    assert begun.wait(60)
    [first] = feed._indexing._threads
    if later:
        publish(releases, LESS)
    else:
        releases.drop(NDEX)
    assert version(feed) == (LESS.header.version if later else None)
    go_on.set()
    first.join(60)
    assert looked_at.count(first) == 1
    with pytest.raises(IndexLate):
        before.searchable()
    if later:
        indexed(feed)


def test_an_index_that_is_being_built_when_the_process_ends_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = threading.Event()

    def waiting(record: ReleasedRecord) -> Searched:
        begun.set()
        assert feed._indexing._ended.wait(60)
        time.sleep(0.2)
        return searched(record)

    async def served() -> None:
        async with feed.following():
            await feed.view(NDEX)
            await asyncio.to_thread(begun.wait, 60)

    monkeypatch.setattr(search_index, "searched", waiting)
    monkeypatch.setattr("server.indexing._ENDS_SECONDS", 60.0)
    feed, before = feed_of(store(WHOLE)), set(threading.enumerate())
    asyncio.run(served())
    building = [thread for thread in threading.enumerate() if thread not in before and thread.daemon]
    assert (building, feed._indices) == ([], {})


ENDING = """
import atexit, threading, time
atexit.register(time.sleep, 0.3)  # is called last, so that the thread goes on after all that others do at exit
from graph import search_index
from tests.partner_world import content

def slow(record):
    begun.set()
    time.sleep(0.05)
    return searched(record)

begun, searched, search_index.searched = threading.Event(), search_index.searched, slow
threading.Thread(target=search_index.SearchIndex.of, args=(content().records,), daemon=True).start()
begun.wait()
"""


def test_a_process_that_ends_while_an_index_is_built_ends_well() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDING], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_search_index_of_a_release_that_is_gone_is_let_go_of_though_nobody_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("server.partner.feed.POLL_SECONDS", 0.001)
    releases = store(WHOLE, release(agreement=COUNTY))
    feed = feed_of(releases)
    for agreement in (NDEX, COUNTY):
        version(feed, agreement)
        indexed(feed, agreement)
    releases.drop(NDEX)

    async def followed() -> None:
        following = asyncio.create_task(feed.follow())
        while NDEX in (feed._headers or {NDEX}):
            await asyncio.sleep(0.001)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)

    run(followed)
    assert (set(feed._held), set(feed._indices)) == ({COUNTY}, {COUNTY})


def test_the_search_index_of_what_was_served_is_let_go_of_where_what_comes_after_it_is_damaged() -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    version(feed)
    indexed(feed)
    releases.apply(LESS.header, Change())  # which says that there is less, and takes nothing away
    assert (version(feed), feed._held, feed._indices) == (None, {}, {})
