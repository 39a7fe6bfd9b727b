"""What FTS5 is asked when words are looked for: by names, numbers and titles; by texts as well; and with slips.

Of what a partner wrote there are letters and digits alone in it. Each question is written twice: to find, as shortly as
the same rows can be asked for, and to rank, where each way in which a word may match has a weight of its own.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from graph.misspelt import NameWords

_NAMED: Final = "{names numbers title}"


class Question(NamedTuple):
    """Both find the rows of a tier and of those before it. found: quickly. ranked: so that they may be ranked."""

    found: str
    ranked: str


def questions(words: Sequence[str], names: NameWords) -> Iterator[Question]:
    """One for each tier. words: as they are compared."""
    named = [f"{_NAMED} : ({_begins(word)})" for word in words]
    strict = [f'({one} OR text : "{word}")' for word, one in zip(words, named, strict=True)]
    slips = [names.meant(word) for word in words]
    first, second, third = map(" AND ".join, (named, strict, map(_loose, strict, slips)))
    anywhere = [f'("{word}" OR {_begun(word)})' for word in words]
    yield Question(" AND ".join(map(_begun, words)), first)
    yield Question(" AND ".join(anywhere), second)
    if any(slips):
        yield Question(" AND ".join(map(_loose, anywhere, slips)), third)


def _begins(word: str) -> str:
    """One that is whole counts more than one that goes on; one letter begins too much."""
    return f'"{word}"' if len(word) < 2 else f'"{word}" OR "{word}" *'


def _begun(word: str) -> str:
    """Whether it is whole or goes on is the same to who is found."""
    return f'{_NAMED} : "{word}"' if len(word) < 2 else f'{_NAMED} : "{word}" *'


def _loose(strict: str, slips: Sequence[str]) -> str:
    names = " OR ".join(f'"{name}"' for name in slips)
    return f"({strict} OR names : ({names}))" if slips else strict
