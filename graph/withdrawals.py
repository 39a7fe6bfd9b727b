"""What a person has withdrawn by its id, whatever its lines say, until a person lifts that.

A record so withdrawn is `uncoded` and passes that on; a link cannot be judged, and is withheld (R12): as what a
rejected line names, but no line lifts it. It is withheld under an id that no line can have (`implied:` begins none).
"""

from collections.abc import Mapping

import msgspec

from graph.desk_steps import withdrawn
from graph.dossier import DRAWER, Word, dossier_of, paper_of
from graph.errors import StoreError
from graph.model import IMPLIED, EntryId
from graph.sources import RESTRICTION_DUE
from graph.store import Batch, Holdings, Paper, Taint

_MEMORY = "withdrawn"


class Withdrawal(msgspec.Struct, frozen=True):
    """A person's word. at: when, UTC. rejected_too: a rejected line names it as well. codes: as a `Word` keeps them."""

    who: str
    at: str
    reason: str
    rejected_too: bool = False
    codes: tuple[str, ...] = ()


def withholding(holdings: Holdings, id: EntryId, withdrawal: Withdrawal) -> Batch:
    """What withholds the record or link from now on. The releases have yet to lose it, which is remembered.

    A request to lift an earlier withdrawal ends.
    """
    every = {**_remembered(holdings), id: withdrawal}
    memory, papers = _memory(every) | RESTRICTION_DUE, _papers(holdings, id, withdrawal)
    return Batch(taints=[Taint(id, _by(id))], memory=memory, papers=papers)


def lifting(holdings: Holdings, id: EntryId) -> Batch:
    """What withholds it no more for a person's word. The next publication adds it, if the rules release it."""
    every = {other: known for other, known in _remembered(holdings).items() if other != id}
    return Batch(lifted=[_by(id)], memory=_memory(every))


def withdrawals(holdings: Holdings) -> dict[EntryId, Withdrawal]:
    """What is withdrawn by a person's word, by id."""
    every = _remembered(holdings)
    rejected = {taint.id for taint in holdings.taints() if taint.by != _by(taint.id)} if every else set()
    return {
        id: msgspec.structs.replace(known, rejected_too=id in rejected) for id, known in sorted(every.items())
    }


def _papers(holdings: Holdings, id: EntryId, withdrawal: Withdrawal) -> list[Paper]:
    try:
        dossier = dossier_of(holdings.papers(DRAWER, [id]).get(id))
    except StoreError:  # it is withdrawn all the same; by what is damaged, nothing can be approved
        return []
    word = Word(withdrawal.who, withdrawal.at, withdrawal.reason, withdrawal.codes)
    return [paper_of(id, withdrawn(dossier, word))]


def _by(id: EntryId) -> str:
    return f"{IMPLIED}withdrawn:{id}"


def _remembered(holdings: Holdings) -> dict[EntryId, Withdrawal]:
    text = holdings.recall(_MEMORY)
    return {} if text is None else msgspec.json.decode(text, type=dict[EntryId, Withdrawal])


def _memory(every: Mapping[EntryId, Withdrawal]) -> dict[str, str]:
    return {_MEMORY: msgspec.json.encode(every, order="deterministic").decode()}
