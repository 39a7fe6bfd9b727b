"""Links as arrows: `C1 -CONTAINS-> D1,D2 -MENTIONS-> S1` is four links. `-?TYPE->` has a type that no policy knows.

A link that is given no id is called by its arrow without blanks, `C1-CONTAINS->D1`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from server.scenarios.words import Misstated, several

_ARROW: Final = re.compile(r"-(\??)(\S+)->")


@dataclass(frozen=True, slots=True)
class Arrow:
    """One link as it is drawn. unknown: the policy is not to know its type."""

    id: str
    type: str
    head: str
    tail: str
    unknown: bool


def is_drawn(words: Sequence[str]) -> bool:
    """Whether there is an arrow among the words."""
    return any(_ARROW.fullmatch(word) for word in words)


def drawn(words: Sequence[str]) -> tuple[list[Arrow], list[str]]:
    """The links that the words begin with, and the words after them. Only a single link can have an id of its own.

    >>> arrows, rest = drawn(["L1:", "C1", "-CONTAINS->", "D1", "T3"])
    >>> arrows[0].id, arrows[0].type, rest
    ('L1', 'CONTAINS', ['T3'])
    """
    id, chain = (words[0][:-1], words[1:]) if words[0].endswith(":") else (None, words)
    count = 1
    while count < len(chain) and _ARROW.fullmatch(chain[count]):
        count += 2
    if count == 1 or count > len(chain):
        raise Misstated(f"{' '.join(words)}: expected FROM -TYPE-> TO")
    arrows = list(_arrows(chain[:count]))
    if id is not None and len(arrows) != 1:
        raise Misstated(f"{id}: one id for {len(arrows)} links; give each a line of its own")
    if id is not None:
        arrows = [Arrow(id, arrows[0].type, arrows[0].head, arrows[0].tail, arrows[0].unknown)]
    return arrows, list(chain[count:])


def _arrows(chain: Sequence[str]) -> Iterator[Arrow]:
    for place in range(1, len(chain), 2):
        match = _ARROW.fullmatch(chain[place])
        if match is None:
            continue
        for head, tail in product(several(chain[place - 1]), several(chain[place + 1])):
            type = match[2]
            yield Arrow(f"{head}-{type}->{tail}", type, head, tail, unknown=bool(match[1]))
