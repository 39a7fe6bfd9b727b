"""What the survey of the office reads again: what was written, and nothing for a turn that was only taken."""

from pathlib import Path
from typing import cast

from graph.store import Batch, StoredHoldings
from graph.stores.sqlite_holdings import open_holdings
from server.office.surveying import Surveying
from tests.building import TODAY, rules
from tests.counting_holdings import CountingHoldings
from tests.finding_world import held
from tests.plain_lines import case


def test_a_survey_reads_again_what_was_written_and_nothing_for_a_turn_that_was_only_taken(
    tmp_path: Path,
) -> None:
    path, known = tmp_path / "holdings.sqlite", rules()
    with open_holdings(path) as writing, open_holdings(path) as reading:
        counting = CountingHoldings(reading)
        surveying = Surveying(cast(StoredHoldings, counting), lambda: known, TODAY.toordinal)

        def known_and_read() -> tuple[list[str], set[str], int]:
            return sorted(surveying.current().readings), counting.read, counting.scans

        assert writing.turns.take(writing.turns.now(), "one")
        writing.take(Batch(puts=held(case("C-1", "NY03-0001"))))
        assert known_and_read() == known_and_read() == (["C-1"], set(), 1)
        writing.turns.end()
        assert writing.turns.take(writing.turns.now(), "another")
        assert known_and_read() == (["C-1"], set(), 1)
        writing.take(Batch(puts=held(case("C-2", "NY03-0002"))))
        assert known_and_read() == (["C-1", "C-2"], {"C-2"}, 1)
        writing.turns.give_sign()
        assert known_and_read() == (["C-1", "C-2"], {"C-2"}, 1)


def test_a_survey_of_a_store_that_was_never_written_is_read_whole_whenever_a_turn_is_taken(
    tmp_path: Path,
) -> None:
    """Where no write is noted, it is not known that none was made: a store of an earlier version notes none."""
    path, known = tmp_path / "holdings.sqlite", rules()
    with open_holdings(path) as writing, open_holdings(path) as reading:
        counting = CountingHoldings(reading)
        surveying = Surveying(cast(StoredHoldings, counting), lambda: known, TODAY.toordinal)
        for scans in (1, 2):
            assert writing.turns.take(writing.turns.now(), "one")
            assert (surveying.current().readings, counting.scans) == ({}, scans)
