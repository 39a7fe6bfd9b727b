"""The ids of requests."""

from itertools import islice

from server.request_ids import request_ids


def test_ids_are_thirty_two_hexadecimal_digits_and_no_two_are_the_same() -> None:
    ids = list(islice(request_ids(), 1000))
    assert ({len(id) for id in ids}, set("".join(ids)), len(set(ids))) == (
        {32},
        set("0123456789abcdef"),
        1000,
    )
    assert set(ids).isdisjoint(islice(request_ids(), 1000))
