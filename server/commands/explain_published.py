"""Whether the partner has, as published, what was explained by the rules; and where the two differ, what it waits for.

It compares by what is held under an id, and not by what is shown of it. Of a property and an implied citation, which
have no id of their own, and where the releases cannot be read, nothing is said.
"""

from collections.abc import Iterator
from contextlib import closing

from graph.errors import StoreError
from graph.explaining.causes import Verdict
from graph.keys import naming
from graph.model import RECORD_KINDS, AgreementId, EntryId, Kind
from graph.restored import backup_held
from graph.sources import open_sources
from graph.store import Holdings
from server.home import Home
from server.stores import open_releases

_HAVE_IDS = (*RECORD_KINDS, Kind.LINK)


def is_published(home: Home, verdict: Verdict) -> bool | None:
    """Whether it is in the release. None: that is not known."""
    if verdict.kind not in _HAVE_IDS:
        return None
    agreement = AgreementId(verdict.agreement)
    id = naming(home.release_keys(), agreement)(EntryId(verdict.asked))
    try:
        with closing(open_releases(home)) as releases:
            if agreement not in releases.headers():
                return False
            content = releases.elements(agreement, [id])
    except StoreError:
        return None
    return id in content.records or id in content.links


def published_lines(holdings: Holdings, verdict: Verdict, published: bool | None) -> Iterator[str]:
    """What to print where the release differs from the verdict."""
    if published is None or published == verdict.released:
        return
    yield ""
    if published:
        yield "The partner still has it, as published; the next load or `caselink publish` withdraws it."
    elif backup_held(holdings) is not None:
        yield "The partner does not have it yet: this home was restored, and nobody has accepted that."
    elif open_sources(holdings):
        yield "The partner does not have it yet: it is held back; `caselink rejects list` says by what."
    else:
        yield "The partner does not have it yet; `caselink publish` adds it."
