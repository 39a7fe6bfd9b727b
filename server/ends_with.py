"""A process that ends with the one which started it, however that ended: killed, it can tell nobody.

The starter keeps one end of a pipe and gives the other away; the system closes its own when the starter is no more. Who
has the other one then ends as on SIGTERM: what has begun is answered first.
"""

import os
import signal
from collections.abc import Mapping
from threading import Thread
from typing import Final

_PLACE: Final = "CASELINK_ENDS_WITH"
"""In the environment of who is started: the number of its end."""


class Lifeline:
    """Of the starter. Its processes end once this one has, or this is let go of."""

    def __init__(self) -> None:
        self.given, self._kept = os.pipe()

    def environment(self, known: Mapping[str, str]) -> dict[str, str]:
        """What a process is started in that is given `given` too."""
        return {**known, _PLACE: str(self.given)}


def end_with_starter(environment: Mapping[str, str]) -> None:
    """End once the starter has, if it is one of those that say so."""
    place = environment.get(_PLACE)
    if place is not None:
        Thread(target=_end_after, args=(int(place),), name="lifeline", daemon=True).start()


def _end_after(given: int) -> None:
    os.read(given, 1)
    os.kill(os.getpid(), signal.SIGTERM)
