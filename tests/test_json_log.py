"""A server's log as JSON has what an operator needs, and no token, question or record (issue 6, operating)."""

import json
import logging
import sys

import pytest

from graph.errors import StoreLocked
from server.json_log import JsonLines


def logged(error: BaseException | None = None) -> dict[str, object]:
    """What is told of a record that some logger writes."""
    exc_info = None
    if error is not None:
        try:
            raise error
        except BaseException:
            exc_info = sys.exc_info()
    record = logging.LogRecord(
        "server.partner.feed", logging.ERROR, "feed.py", 7, "%s is late", ("ndex",), exc_info
    )
    record.created = 0.5
    line = JsonLines().format(record)
    assert "\n" not in line
    told: dict[str, object] = json.loads(line)
    return told


def test_a_line_says_when_how_bad_who_and_what() -> None:
    assert logged() == {
        "at": "1970-01-01T00:00:00.500+00:00",
        "level": "error",
        "logger": "server.partner.feed",
        "message": "ndex is late",
    }


def test_of_an_exception_the_kind_and_the_place_are_told_and_not_its_words() -> None:
    told = logged(ValueError("CANARY of a narrative"))
    assert (told["error"], "CANARY" in json.dumps(told)) == ("ValueError", False)
    assert [place.split(":")[0] for place in told["place"]] == ["tests/test_json_log.py"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("error", [StoreLocked("releases.sqlite: is full"), OSError(28, "No space left")])
def test_the_words_are_told_where_they_are_ours_or_the_system_s(error: Exception) -> None:
    assert logged(error)["why"] == str(error)
