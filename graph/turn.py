"""One publisher at a time, by a turn that stands in the store itself (DESIGN 4).

A turn has a number that rises each time one is taken. A publisher takes the turn of each store before it reads what it
will judge, and each of its writing transactions makes sure, in the transaction, that the number is still its own. One
that stood still while another took over finds that it is not: its write fails, and nothing of it stays. So what is
written was judged from what nobody has changed since. (A fencing token: Burrows, "The Chubby lock service", 2006.)

Who has the turn gives signs. It is taken from one who has given none for SILENT_SECONDS by the clock of the one who
waits; no two clocks need agree, and if the judgement was wrong the number still keeps the two apart. One who stood
still while he waited, with his machine say, has not listened, and begins anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final, Protocol

from graph.errors import StoreError, StoreLocked

SILENT_SECONDS: Final = 10.0
"""How long one who has the turn may give no sign."""

_PATIENCE_SECONDS: Final = 15.0
_TELL_SECONDS: Final = 2.0
_SIGN_SECONDS: Final = 1.0
_PAUSE_SECONDS: Final = 0.05
_BUSY: Final = "Another caselink command is writing to the same store, from another home or machine"


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is. number: of the turn, risen whenever one was taken. sign: another one with each write and sign.

    holder: who has it; None where nobody has.
    """

    number: int = 0
    sign: int = 0
    holder: str | None = None


class Turns(Protocol):
    """The turn of one store, as one connection to it has it. One that has taken none writes while nobody ever has."""

    def now(self) -> Turn:
        """Whose turn it is now."""

    def take(self, seen: Turn, holder: str) -> bool:
        """Take the turn, unless it is another one than was seen, or a sign was given since."""

    def give_sign(self) -> None:
        """Be heard of. Raises StoreLocked where another has taken the turn, as each write does."""

    def end(self) -> None:
        """Give the turn back, unless another has taken it."""


def lost(where: str) -> StoreLocked:
    """What one is told whose turn was taken."""
    return StoreLocked(
        f"{where}: another caselink command took over while this one stood still, or writes from another home;"
        " nothing of this write stays; run it again"
    )


def take_turn(
    turns: Turns,
    holder: str,
    now: Callable[[], float],
    sleep: Callable[[float], None],
    tell: Callable[[str], None] | None = None,
) -> None:
    """Wait for the turn and take it, however long who has it goes on giving signs.

    holder: names this home on this machine, of which no other command can be writing. now: seconds of a clock that is
    never set. tell: is told, after a moment, that this waits. None: raises StoreLocked after some seconds.
    """
    seen, begun = turns.now(), now()
    heard, told = begun, False
    while not (_is_free(seen, holder) or now() - heard > SILENT_SECONDS) or not turns.take(seen, holder):
        if tell is None and now() - begun > _PATIENCE_SECONDS:
            raise StoreLocked(f"{_BUSY}; wait for it to end")
        if not told and tell is not None and now() - begun > _TELL_SECONDS:
            tell(f"{_BUSY}; waiting for it to end; nothing more is done until then.")
            told = True
        paused = now()
        sleep(_PAUSE_SECONDS)
        stood_still = now() - paused > SILENT_SECONDS / 2
        later = turns.now()
        if later != seen or stood_still:
            seen, heard = later, now()


def _is_free(turn: Turn, holder: str) -> bool:
    return turn.holder is None or turn.holder == holder


@contextmanager
def signs_given(give_sign: Callable[[], None]) -> Iterator[None]:
    """While this lasts, give signs of life. What goes wrong with one (a StoreError) is met again by the next write."""
    ended = Event()

    def go_on() -> None:
        while not ended.wait(_SIGN_SECONDS):
            with suppress(StoreError):
                give_sign()

    giving = Thread(target=go_on, name="signs of life", daemon=True)
    giving.start()
    try:
        yield
    finally:
        ended.set()
        giving.join()
