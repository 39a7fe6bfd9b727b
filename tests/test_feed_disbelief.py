"""What is torn, mixed up, unheard or about to be restricted is not believed, and not served."""

import logging
from dataclasses import replace

import msgspec
import pytest

from graph.errors import StoreUnreachable
from graph.model import AgreementId
from graph.readers import LEASE_SECONDS, Standing
from graph.release import Content, Header, Release
from graph.release_store import Change
from tests.feeding import CLOCK, LESS, WHOLE, altered, feed_of, store, version
from tests.memory_releases import MemoryReleases
from tests.partner_world import COUNTY, NDEX, RECORDS, content, publish, release


@pytest.mark.parametrize(
    "torn",
    [
        Release(WHOLE.header, LESS.content),
        Release(WHOLE.header, Content()),
        Release(LESS.header, WHOLE.content),
        altered(version=LESS.header.version),
        altered(total=LESS.header.total),
        altered(total="no number"),
        altered(timezone="Nowhere/At_All", serves_until=10**6),
    ],
    ids=["too little", "nothing", "too much", "another version", "another total", "no total", "no time zone"],
)
def test_a_release_that_is_not_what_its_header_states_is_not_served(torn: Release) -> None:
    releases = MemoryReleases()
    releases.apply(torn.header, _everything(torn))
    assert version(feed_of(releases)) is None


def _everything(of: Release) -> Change:
    return Change.between(Content(), of.content)


def test_a_release_made_with_another_key_is_not_served() -> None:
    assert version(feed_of(store(WHOLE), b"x" * 32)) is None


class MixedUp(MemoryReleases):
    """Gives for COUNTY the header of NDEX, or its release, or both."""

    def __init__(self, *, header: bool, release: bool) -> None:
        super().__init__()
        publish(self, WHOLE)
        publish(self, COUNTYS)
        self._mixes_header, self._mixes_release = header, release

    def headers(self) -> dict[AgreementId, Header]:
        found = super().headers()
        return {**found, COUNTY: found[NDEX]} if self._mixes_header else found

    def read(self, agreement: AgreementId) -> Release | None:
        return super().read(NDEX if self._mixes_release else agreement)


COUNTYS = release(content(RECORDS[1:], ()), agreement=COUNTY)


@pytest.mark.parametrize(("header", "of_release"), [(True, False), (False, True), (True, True)])
def test_a_store_that_mixes_agreements_up_is_not_believed(header: bool, of_release: bool) -> None:
    feed = feed_of(MixedUp(header=header, release=of_release))
    assert [version(feed, NDEX), version(feed, COUNTY)] == [WHOLE.header.version, None]


def test_a_store_that_mixes_nothing_up_is_believed() -> None:
    feed = feed_of(MixedUp(header=False, release=False))
    assert [version(feed, NDEX), version(feed, COUNTY)] == [WHOLE.header.version, COUNTYS.header.version]


def test_a_store_that_fails_serves_nothing_and_is_believed_again_when_it_answers(
    caplog: pytest.LogCaptureFixture,
) -> None:
    releases = store(WHOLE)
    feed = feed_of(releases)
    told = [version(feed)]
    releases.fails = True
    with caplog.at_level(logging.ERROR):
        told += [version(feed), version(feed)]
    releases.fails = False
    told.append(version(feed))
    assert told == [WHOLE.header.version, None, None, WHOLE.header.version]
    assert releases.asked.count("read ndex") == 1
    assert "nobody answers" in caplog.text


def test_while_a_restriction_is_due_no_agreement_is_served() -> None:
    releases = store(WHOLE, release(agreement=COUNTY))
    feed = feed_of(releases)

    def told() -> list[bool]:
        return [version(feed, agreement) is not None for agreement in (NDEX, COUNTY)]

    before = told()
    releases.announce_restriction(0)
    meanwhile = told()
    releases.restriction_done()
    assert [before, meanwhile, told()] == [[True, True], [False, False], [True, True]]
    assert [asked for asked in releases.asked if asked.startswith("read")] == ["read ndex", "read county"]


def test_a_release_that_took_long_to_read_while_a_restriction_became_due_is_not_served() -> None:
    class Loaded(MemoryReleases):
        """While a release is read, a load begins and is killed."""

        def read(self, agreement: AgreementId) -> Release | None:
            self.announce_restriction(0)
            CLOCK.seconds += LEASE_SECONDS
            return super().read(agreement)

    loaded = Loaded()
    publish(loaded, WHOLE)
    assert version(feed_of(loaded)) is None


def test_a_store_that_cannot_tell_whether_a_restriction_is_due_serves_nothing() -> None:
    class Mute(MemoryReleases):
        def standing(self) -> Standing:
            raise StoreUnreachable("bolt://10.0.0.7:7687: nobody answers")

    mute = Mute()
    publish(mute, WHOLE)
    assert version(feed_of(mute)) is None


class Misnamed(MemoryReleases):
    """What it gives for one agreement says that it is another's, and is that agreement's own otherwise."""

    def headers(self) -> dict[AgreementId, Header]:
        return {
            id: msgspec.structs.replace(header, agreement=COUNTY) for id, header in super().headers().items()
        }

    def read(self, agreement: AgreementId) -> Release | None:
        told = super().read(agreement)
        return told and replace(told, header=msgspec.structs.replace(told.header, agreement=COUNTY))


def test_a_release_that_says_it_is_another_agreement_s_is_not_served() -> None:
    releases = Misnamed()
    publish(releases, WHOLE)
    assert version(feed_of(releases)) is None
