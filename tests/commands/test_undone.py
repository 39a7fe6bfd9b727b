"""What a command that was killed has left undone is done by the next one that withdraws, which says so."""

import pytest

from server.withdrawals import UNDONE
from tests.command_line import Desk
from tests.plain_lines import case

SHOWN, OTHER = case("C-1", "NY03-0001"), case("C-2", "NY03-0002")


@pytest.mark.parametrize(
    "arguments",
    [("load", "{folder}/other.jsonl"), ("publish", "--yes"), ("withdraw", "C-2", "--reason", "a test")],
    ids=lambda arguments: arguments[0],
)
def test_what_a_killed_load_left_undone_is_done_by_the_next_command_that_withdraws_which_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    def fail(*_: object) -> None:
        raise SystemExit(9)

    desk.load(SHOWN, OTHER)
    desk.done("publish", "--yes")
    desk.file("other.jsonl", OTHER)
    with monkeypatch.context() as killing:
        killing.setattr("graph.publish.Publisher.restrict", fail)
        assert desk.load(SHOWN | {"access_codes": ["T3"]}).code == 9
    told = [desk.done(*(part.format(folder=desk.folder) for part in arguments)).err for _ in range(2)]
    assert [text.splitlines().count(UNDONE) for text in told] == [1, 0]
    assert "C-1" not in desk.seen()
