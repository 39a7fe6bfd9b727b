"""The turn of a store in memory: every connection is the same one, so the last who took it is the one who writes."""

from graph.turn import Turn


class MemoryTurns:
    """`graph.turn.Turns` in memory."""

    def __init__(self) -> None:
        self._turn = Turn()

    def now(self) -> Turn:
        return self._turn

    def take(self, seen: Turn, holder: str) -> bool:
        if seen != self._turn:
            return False
        self._turn = Turn(seen.number + 1, seen.sign + 1, holder)
        return True

    def give_sign(self) -> None:
        self._turn = Turn(self._turn.number, self._turn.sign + 1, self._turn.holder)

    def end(self) -> None:
        self._turn = Turn(self._turn.number, self._turn.sign, None)
