"""What one store keeps, put into another that has nothing: the way into a backup and out of it.

Entries are streamed; of releases there is one in memory at a time. What is kept beside the entries is left out, since
it is made anew.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final, TypeVar

from graph.release import Content
from graph.store import Batch, Change, Releases, StoredHoldings

_AT_ONCE: Final = 5_000
T = TypeVar("T")


def copy_holdings(source: StoredHoldings, target: StoredHoldings, tell: Callable[[int], None]) -> None:
    """Entries, taints, papers and what is remembered. tell: is told how many entries are there after each batch."""
    copied = 0
    for entries in _some(source.entries()):
        target.take(Batch(puts=entries))
        copied += len(entries)
        tell(copied)
    target.take(Batch(taints=sorted(source.taints(), key=lambda taint: (taint.id, taint.by))))
    for papers in _some(source.every_paper()):
        target.take(Batch(papers=papers))
    target.take(Batch(memory=source.remembered() | target.remembered()))


def copy_releases(source: Releases, target: Releases) -> None:
    """Releases with their histories, and the tokens that were taken back."""
    for agreement in source.headers():
        release = source.read(agreement)
        if release is not None:
            target.apply(release.header, Change.between(Content(), release.content))
            target.put_past(agreement, source.past(agreement))
    target.revoke(source.revocations())


def _some(streamed: Iterator[T]) -> Iterator[list[T]]:
    while some := list(islice(streamed, _AT_ONCE)):
        yield some
