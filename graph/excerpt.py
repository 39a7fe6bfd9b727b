"""A part of the holdings, read as it is needed: as it is now, and as it was when the releases were last judged.

It reads what is around some records and nothing beyond: their links and what they assert, the other ends, decisions,
and both ends of implied citations. What it gives is gathered by the same function as the whole; it judges nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from graph.gather import gathered
from graph.gist import Gist, LinkGist, RecordGist, gist_of
from graph.linkage import Linkage
from graph.model import Clearance, Consent, Entry, EntryId
from graph.policy import Policy
from graph.standing import Standing
from graph.store import KeptHoldings
from graph.terms import (
    DECIDED,
    END,
    NUMBER,
    PLACE,
    SOURCE,
    TOKEN,
    end_terms,
    number_of,
    sources_of,
    term,
    terms_of,
)

MOST_READ: Final = 400_000
"""Entries of which reading one by one takes as long as reading some millions one after another."""

MOST_SHARE: Final = 4
"""A region of more than one in so many of all entries takes longer than the whole: it is gathered several times."""

FEW: Final = 20_000
"""So many take a moment either way."""

TOLD_FROM: Final = 10_000

Ids = set[EntryId]
Look = Callable[[EntryId], Entry | None]
"""An entry as it is now, or as it was."""


class TooWide(Exception):
    """A change that reaches so far, or is so odd, that all is better judged anew."""


def most_read(held: int) -> int:
    """How many entries may be read one by one, of so many that are held.

    >>> [most_read(held) for held in (1_000, 200_000, 6_000_000)]
    [20000, 50000, 400000]
    """
    return min(MOST_READ, max(FEW, held // MOST_SHARE))


@dataclass(frozen=True, slots=True)
class Part:
    """What is around some records. links: those that touch them or that they assert."""

    linkage: Linkage
    around: frozenset[EntryId]
    links: frozenset[EntryId]


class Excerpt:
    """Reads the holdings and remembers. lengths: of all numbers that were held. tell: what takes long.

    most: how many entries are read before it is TooWide.
    """

    def __init__(
        self,
        holdings: KeptHoldings,
        policy: Policy,
        changed: Mapping[EntryId, Entry | None],
        lengths: Iterable[int],
        tell: Callable[[str], None],
        most: int,
    ) -> None:
        self.holdings = holdings
        self.policy = policy
        self.changed = changed
        self._tell = tell
        self._most = most
        self._entries: dict[EntryId, Entry | None] = {}
        self._standings: dict[EntryId, Standing | None] = {}
        self._found: dict[str, Ids] = {}
        self._found_from: dict[str, Ids] = {}
        self._gists: dict[tuple[EntryId, bool], Gist | None] = {}
        self._parts: dict[tuple[frozenset[EntryId], frozenset[EntryId], Look], Part] = {}
        self.read(changed)
        self._changed_terms = self._terms_of_changed()
        numbers = (number_of(look(id)) for id in changed for look in (self.now, self.then))
        self.lengths = sorted({*lengths, *(len(number) for number in numbers if number)})

    # --- what is held ---

    def read(self, ids: Iterable[EntryId]) -> None:
        """Look entries up now, many at a time. Raises TooWide where there are too many by now."""
        wanted = {id for id in ids if id not in self._entries}
        if not wanted:
            return
        if len(self._entries) + len(wanted) > self._most:
            raise TooWide
        if len(wanted) > TOLD_FROM:
            self._tell(f"A change reaches {len(wanted):,} further entries; reading them.")
        self._entries |= dict.fromkeys(wanted)
        self._entries |= self.holdings.held(wanted)

    def now(self, id: EntryId) -> Entry | None:
        """What is held under an id."""
        if id not in self._entries:
            self.read([id])
        return self._entries[id]

    def then(self, id: EntryId) -> Entry | None:
        """What was held under an id."""
        return self.changed[id] if id in self.changed else self.now(id)

    def stood(self, ids: Iterable[EntryId]) -> dict[EntryId, Standing | None]:
        """How these stood; None of what no link and no line had named."""
        wanted = list(ids)
        unknown = {id for id in wanted if id not in self._standings}
        if unknown:
            known = self.holdings.standings(unknown)
            self._standings |= {id: Standing.decode(known[id]) if id in known else None for id in unknown}
        return {id: self._standings[id] for id in wanted}

    def found(self, terms: Iterable[str]) -> Ids:
        """The ids of all these terms, now or then."""
        wanted = set(terms)
        unknown = wanted - self._found.keys()
        if unknown:
            known = self.holdings.found(unknown)
            for term in unknown:
                self._found[term] = known.get(term, set()) | self._changed_terms.get(term, set())
        return set().union(*(self._found[term] for term in wanted))

    def found_from(self, beginnings: Iterable[str]) -> Ids:
        """The ids of all terms that begin so, now or then."""
        wanted = set(beginnings)
        unknown = wanted - self._found_from.keys()
        if unknown:
            known = self.holdings.found_from(unknown)
            for beginning in unknown:
                here = (ids for term, ids in self._changed_terms.items() if term.startswith(beginning))
                self._found_from[beginning] = known.get(beginning, set()).union(*here)
        return set().union(*(self._found_from[beginning] for beginning in wanted))

    def _terms_of_changed(self) -> dict[str, Ids]:
        terms: dict[str, Ids] = {}
        for id in self.changed:
            for entry in (self.then(id), self.now(id)):
                for found in (terms_of(entry, self.policy) | end_terms(entry)) if entry is not None else ():
                    terms.setdefault(found, set()).add(id)
        return terms

    # --- what is around ---

    def around(self, nodes: Iterable[EntryId], look: Look, also: Iterable[EntryId] = ()) -> Part:
        """The linkage of what is around the nodes. also: records and links beyond, with their ends and sources."""
        key = frozenset(nodes), frozenset(also), look
        if key not in self._parts:
            self._parts[key] = self._around(*key)
        return self._parts[key]

    def _around(self, inside: frozenset[EntryId], beyond: frozenset[EntryId], look: Look) -> Part:
        self.read(inside | beyond)
        links = {id for id in self._tied(inside) if self._touches(id, look, inside)}
        links |= {id for id in beyond if isinstance(self.gist(id, look), LinkGist)}
        near: Ids = {*inside, *beyond}
        for id in links:
            near |= self._named_by_link(id, look)
        for id in beyond:
            near |= sources_of(look(id))
        cited, held = self._cited(inside, look)
        near |= cited
        deciding = {id for id in self._deciding(inside, links) if self._is_for(id, look, inside, links)}
        self.read(near)
        gists = [self.gist(id, look) for id in (*links, *deciding)]
        gists += (gist for id in near if isinstance(gist := self.gist(id, look), RecordGist))
        return Part(gathered(gists, self.policy, held), inside, frozenset(links))

    def gist(self, id: EntryId, look: Look) -> Gist | None:
        """What an entry tells by itself; read once."""
        entry = look(id)
        if entry is None:
            return None
        key = id, entry is self._entries[id]
        if key not in self._gists:
            self._gists[key] = gist_of(entry, self.policy)
        return self._gists[key]

    def _tied(self, nodes: Iterable[EntryId]) -> Ids:
        tied = self.found(letter + id for id in nodes for letter in (END, SOURCE))
        self.read(tied)
        return tied

    def _named_by_link(self, id: EntryId, look: Look) -> Ids:
        gist = self.gist(id, look)
        if not isinstance(gist, LinkGist):
            return set()
        return {gist.link.head, gist.link.tail, *map(EntryId, gist.link.sources or ())}

    def _touches(self, id: EntryId, look: Look, nodes: frozenset[EntryId]) -> bool:
        return not nodes.isdisjoint(self._named_by_link(id, look))

    def _deciding(self, nodes: Iterable[EntryId], links: Iterable[EntryId]) -> Ids:
        deciding = self.found(DECIDED + id for id in (*nodes, *links))
        self.read(deciding)
        return deciding

    def _is_for(self, id: EntryId, look: Look, nodes: frozenset[EntryId], links: Ids) -> bool:
        """What lies beyond stands as it stood, consents included: one for such a record is not to act on it again."""
        gist = self.gist(id, look)
        if isinstance(gist, Consent):
            return gist.record in nodes or gist.link in links
        return isinstance(gist, Clearance)

    # --- implied citations ---

    def cites(self, numbers: Iterable[str]) -> Ids:
        """The documents in whose texts one of these numbers may stand."""
        found = self.found_from(
            term(letter, number) for number in numbers if number for letter in (TOKEN, PLACE)
        )
        self.read(found)
        return found

    def numbered(self, numbers: Iterable[str], look: Look) -> dict[str, Ids]:
        """The records that have one of these numbers, by number."""
        wanted = set(numbers)
        found = self.found(term(NUMBER, number) for number in wanted)
        self.read(found)
        holders: dict[str, Ids] = {}
        for id in found:
            number = self.number(id, look)
            if number is not None and number in wanted:
                holders.setdefault(number, set()).add(id)
        return holders

    def number(self, id: EntryId, look: Look) -> str | None:
        """The folded number of a case or document that is held."""
        gist = self.gist(id, look)
        return gist.number if isinstance(gist, RecordGist) else None

    def _cited(self, nodes: Iterable[EntryId], look: Look) -> tuple[Ids, set[str]]:
        """Both ends of the citations to and from the nodes, and every number that decides which they are."""
        if self.policy.implied is None:
            return set(), set()
        rests = {rest for id in nodes for rest in self._rests(id, look)}
        numbers = {number for id in nodes if (number := self.number(id, look))}
        citing = self.cites(numbers)
        # Of a document beyond, a number of the nodes that a longer one covers is not cited.
        covering: set[str] = set()
        near: Ids = set()
        for id in citing:
            for rest in self._rests(id, look):
                if begun := numbers & self._heads(rest):
                    near.add(id)
                    covering |= self._heads(rest, len(max(begun, key=len)))
        holders = self.numbered({head for rest in rests for head in self._heads(rest)} | covering, look)
        for rest in rests:
            longest = max((head for head in self._heads(rest) if head in holders), key=len, default=None)
            near |= holders[longest] if longest is not None else set()
        return near, set(holders)

    def _heads(self, rest: str, beyond: int = 0) -> set[str]:
        return {rest[:length] for length in self.lengths if beyond < length <= len(rest)}

    def _rests(self, id: EntryId, look: Look) -> list[str]:
        """The rest of each token in a document's title and narrative, from each place where a pattern matches."""
        gist = self.gist(id, look)
        longest = self.lengths[-1] if self.lengths else 0
        tokens = gist.tokens if isinstance(gist, RecordGist) else ()
        return [token.text[place : place + longest] for token in tokens for place in token.places]
