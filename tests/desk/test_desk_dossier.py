"""What was said of an entry is kept whole, and where it is damaged nothing goes by it (docs/desk.md)."""

import json

import msgspec
import pytest

from graph.dossier import DRAWER, Dossier
from graph.errors import StoreError
from graph.model import EntryId
from graph.store import Batch, Paper
from tests.at_the_desk import AGENT, C1, SUPERVISOR, WHY, AtTheDesk, ask, desk_with


def test_a_dossier_comes_back_as_it_was_kept(between: AtTheDesk) -> None:
    between.approve(SUPERVISOR, ask(between))
    between.recode(AGENT, "L-2", "T3")
    between.act(SUPERVISOR, lambda it: it.return_record(EntryId("D-1"), WHY))
    for id in ("L-2", "C-2", "D-1"):
        body = msgspec.json.encode(between.dossier(id))
        assert msgspec.json.decode(body, type=Dossier) == between.dossier(id)
        assert json.loads(body) != {}


def test_a_damaged_dossier_stops_what_would_go_by_it(desk: AtTheDesk) -> None:
    desk.agency.holdings.take(Batch(papers=[Paper(DRAWER, EntryId("C-1"), "{")]))
    for does in (lambda: desk.agency.load(C1), lambda: desk.recode(AGENT, "C-1", "T3")):
        with pytest.raises(
            StoreError, match="what the desk has kept of C-1 is damaged; restore the holdings"
        ):
            does()


def test_a_request_has_a_name_of_its_own_that_says_nothing_of_others(desk: AtTheDesk) -> None:
    names = [desk.recode(AGENT, "C-1", "T3") for _ in range(2)]
    assert [desk.dossier("C-1").key(one) + ":C-1" for one in desk.dossier("C-1").requests] == names
    assert [desk.desk(SUPERVISOR).sight.request(name)[2].state for name in names] == ["replaced", "open"]
    assert desk.recode(AGENT, "C-1", "TAR") == desk_with(C1).recode(AGENT, "C-1", "TAR")
