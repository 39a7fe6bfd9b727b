"""Why the tests' Neo4j ended is told by what it said: the nearest thing to a cause."""

import pytest

from tests.neo4j_server.last_words import last_words

STARTED = "2026-11-24 20:01:39.821+0000 INFO  Starting..."
FAILED = "2026-11-24 20:01:41.001+0000 ERROR Failed to start Neo4j."


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            [STARTED, FAILED, "java.lang.X: it", "  at A", "Caused by: Y: broke", "Caused by: Z: no disk"],
            "Z: no disk",
        ),
        ([STARTED, FAILED], "Failed to start Neo4j."),
        (
            ["Invalid maximum heap size: -Xmxmuch", "Error: Could not create it."],
            "Invalid maximum heap size: -Xmxmuch",
        ),
        (
            [STARTED, "Terminating due to java.lang.OutOfMemoryError"],
            "Terminating due to java.lang.OutOfMemoryError",
        ),
        ([STARTED, ""], "it did not say why"),
        ([], "it did not say why"),
    ],
)
def test_the_nearest_thing_to_a_cause_is_told(said: list[str], told: str) -> None:
    assert last_words("\n".join(said)) == told
