"""When the office's survey of the holdings is read again: after a write, and not for a turn that was only taken."""

from pathlib import Path
from typing import cast

from graph.store import Batch, StoredHoldings
from graph.stores.sqlite_holdings import open_holdings
from server.surveying import Surveying
from tests.building import TODAY, rules
from tests.counting_holdings import CountingHoldings
from tests.finding_world import held
from tests.plain_lines import case


def test_a_survey_is_read_again_after_a_write_and_not_for_a_turn_that_was_only_taken(tmp_path: Path) -> None:
    path, known = tmp_path / "holdings.sqlite", rules()
    with open_holdings(path) as writing, open_holdings(path) as reading:
        counting = CountingHoldings(reading)
        surveying = Surveying(cast(StoredHoldings, counting), lambda: known, TODAY.toordinal)

        def scans() -> int:
            surveying.current()
            return counting.scans

        assert writing.turns.take(writing.turns.now(), "one")
        assert [scans(), scans()] == [1, 1]
        writing.turns.end()
        assert writing.turns.take(writing.turns.now(), "another")
        assert scans() == 1
        writing.take(Batch(puts=held(case("C-1", "NY03-0001"))))
        assert (scans(), list(surveying.current().readings)) == (2, ["C-1"])
        writing.turns.end()
        assert writing.turns.take(writing.turns.now(), "one")
        writing.turns.give_sign()
        assert scans() == 3
