"""The history of a record, from its line, its dossier and its withdrawal."""

from graph.dossier import Act, Dossier, Word
from graph.office.held_history import Done, history_of
from graph.withdrawals import Withdrawal
from tests.finding_world import held
from tests.plain_lines import case

AT = "2026-11-24T09:00:00Z"


def test_a_withdrawal_without_an_act_is_told_beside_another_act_of_the_same_minute() -> None:
    [entry] = held(case("C-1", "NY03-0001"))
    recoded, withdrawn = Word("kim", AT, "read again"), Word("ortiz", AT, "a source")
    withdrawal = Withdrawal("ortiz", AT, "a source")
    last = [Done("recoded", "kim", AT, "read again"), Done("withdrawn", "ortiz", AT, "a source")]
    alone = Dossier(acts=(Act("recoded", recoded),))
    both = Dossier(acts=(Act("recoded", recoded), Act("withdrawn", withdrawn)))
    assert [history_of(entry, one, withdrawal)[-2:] for one in (alone, both)] == [last, last]
    assert [len(history_of(entry, one, withdrawal)) for one in (alone, both)] == [4, 4]
