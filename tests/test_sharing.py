"""What many elements say alike is kept once, and each says what it said."""

import pytest

from graph.release import ReleasedLink, ReleasedRecord, ReleasedSubject, encode
from graph.sharing import Sharing
from tests.partner_world import LINKS, RECORDS


def read() -> tuple[list[ReleasedRecord], list[ReleasedLink]]:
    """The small release, as a store reads it."""
    sharing = Sharing()
    records = [sharing.record(encode(record)) for record in RECORDS]
    return records, [sharing.link(encode(link)) for link in LINKS]


def test_what_is_read_is_what_was_written_in_value_bytes_and_hash() -> None:
    records, links = read()
    for told, known in ((records, RECORDS), (links, LINKS)):
        assert list(told) == list(known)
        assert [encode(each) for each in told] == [encode(each) for each in known]
        assert [hash(each) for each in told] == [hash(each) for each in known]


def test_the_ends_and_sources_of_links_are_the_ids_of_their_records() -> None:
    records, links = read()
    ids = {id(record.id) for record in records}
    ends = {id(end) for link in links for end in (link.head, link.tail, *link.sources)}
    assert ends - ids == set()


@pytest.mark.parametrize("name", ["type", "sources"])
def test_links_that_say_the_same_have_it_once(name: str) -> None:
    _, links = read()
    said = [getattr(link, name) for link in links]
    assert len({id(each) for each in said if each}) == len({each for each in said if each})


def test_the_offices_of_records_and_the_names_and_sources_of_values_are_there_once() -> None:
    records, _ = read()
    values = [
        value for record in records if isinstance(record, ReleasedSubject) for value in record.properties
    ]
    for said in (
        [record.office for record in records],
        [value.name for value in values],
        [value.sources for value in values],
    ):
        assert len({id(each) for each in said if each}) == len({each for each in said if each})
