"""The holdings of a survey as they are linked: their linkage, and what is looked up in it.

The look-ups are made when they are first asked for, and kept. Where a few entries tell the rules something else, it is
gone on from (`graph.regather`): what comes then says what gathering all entries would say, and never writes to this.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from graph.gather import gathered
from graph.gist import Gist, LinkGist
from graph.linkage import Linkage
from graph.model import IMPLIED, EntryId
from graph.office.neighbours import Neighbours
from graph.policy import Policy
from graph.regather import Ground, regathered
from graph.shared import Shared
from graph.traces import Changed, Traces

Places = Mapping[EntryId, int]
"""By id: the place of a held link in the linkage."""


class LinkedHoldings:
    """linkage: all of it as arrays. places, traces: those of that linkage, where they are known already."""

    def __init__(
        self, linkage: Linkage, policy: Policy, places: Places | None = None, traces: Traces | None = None
    ) -> None:
        self.linkage = linkage
        self._policy = policy
        self._places = places
        self._traces = traces

    @classmethod
    def of(cls, gists: Iterable[Gist | None], policy: Policy) -> "LinkedHoldings":
        """Those of entries with these gists."""
        return cls(gathered(gists, policy), policy)

    def after(
        self,
        changes: Sequence[Changed],
        before: Callable[[], Sequence[Gist | None]],
        now: Callable[[EntryId], Gist | None],
    ) -> "LinkedHoldings | None":
        """What it is after these changes; None where all is to be gathered anew.

        before: the gists of all entries, as they were. now: that of an id, as it is.
        """

        def trace() -> Traces:
            self._traces = Traces.of(before(), self.linkage.node_of)
            return self._traces

        after = regathered(Ground(self.linkage, self._policy, self.places, now, self._traces, trace), changes)
        if after is None:
            return None
        places = self._places_after(after.linkage) if _every_link_stays(changes) else None
        return LinkedHoldings(after.linkage, self._policy, places, after.traces)

    @cached_property
    def shared(self) -> Shared:
        """What all judgements have in common; its closure is the one without clearances and consents."""
        return Shared.of(self.linkage, self._policy)

    @cached_property
    def neighbours(self) -> Neighbours:
        """The links of each record."""
        return Neighbours(self.linkage, self._policy)

    @property
    def places(self) -> Places:
        """The held links."""
        if self._places is None:
            links = self.linkage.links
            self._places = {id: place for place, id in enumerate(links.ids[: links.held])}
        return self._places

    def places_called(self, id: EntryId) -> Sequence[int]:
        """The places of a held link, or of the implied citations that are called so."""
        if id.startswith(IMPLIED):
            return self._implied_places.get(id, ())
        place = self.places.get(id)
        return () if place is None else (place,)

    @cached_property
    def _implied_places(self) -> dict[EntryId, list[int]]:
        """By id: the implied citations, of which several may be called alike."""
        links, places = self.linkage.links, dict[EntryId, list[int]]()
        for place, id in enumerate(links.ids[links.held :], links.held):
            places.setdefault(id, []).append(place)
        return places

    def _places_after(self, linkage: Linkage) -> Places:
        """Those of a linkage in which the links that came stand behind all that there were."""
        links, held = linkage.links, self.linkage.links.held
        came = enumerate(links.ids[held : links.held], held)
        return {**self.places, **{id: place for place, id in came}}


def _every_link_stays(changes: Iterable[Changed]) -> bool:
    return all(isinstance(change.now, LinkGist) for change in changes if isinstance(change.before, LinkGist))
