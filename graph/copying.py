"""What one store keeps, put into another that has nothing: the way into a backup and out of it.

Entries are streamed; of releases there is one in memory at a time. What is kept beside the entries is left out, since
it is made anew.
"""

from collections.abc import Callable
from typing import Final

from graph.portions import portions
from graph.release import Content
from graph.release_store import Change, Releases
from graph.store import Batch, StoredHoldings

_AT_ONCE: Final = 5_000


def copy_holdings(source: StoredHoldings, target: StoredHoldings, tell: Callable[[int], None]) -> None:
    """Entries, taints, papers and what is remembered. tell: is told how many entries are there after each batch."""
    copied = 0
    for entries in portions(source.entries(), _AT_ONCE):
        target.take(Batch(puts=entries))
        copied += len(entries)
        tell(copied)
    target.take(Batch(taints=sorted(source.taints(), key=lambda taint: (taint.id, taint.by))))
    for papers in portions(source.every_paper(), _AT_ONCE):
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
