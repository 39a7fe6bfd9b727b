"""By what an entry is found when something that it speaks of changes: its ends, its sources, its numbers, its days.

A term is a letter and a text. A store keeps pairs of a term and an id and knows nothing of what they mean. But for the
ends of links: there are two for every link, and a store finds them by its own means, as they are now. Terms only ever
find too much: what is found is read and judged.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from graph.days import NO_DAY, ordinal
from graph.gist import Gist, cited_tokens, gist_of, gist_of_record
from graph.model import RECORD_KINDS, Entry, EntryId, Kind, Record, Token
from graph.numbers import fold
from graph.policy import Policy
from graph.reading import Named, read_clearance, read_consent, read_named, read_record
from graph.stated import Stated

END: Final = "e:"
"""Of a link: the id of each of its ends. It is asked for, and never kept."""
SOURCE: Final = "s:"
"""Of a link or a subject: the id of each document that asserts it or one of its properties."""
DECIDED: Final = "k:"
"""Of a clearance or a consent: the id of each record and link that it names."""
NUMBER: Final = "n:"
"""Of a case or document: its folded number (R10)."""
TOKEN: Final = "m:"
"""Of whatever has text: each token in it (R10)."""
PLACE: Final = "t:"
"""Of a document: the rest of a token in its title or narrative from each further place where a pattern matches."""
DAY: Final = "d:"
"""Of what starts, ends or comes of date: that day, as an ordinal of seven digits."""

_CITING: Final = ("title", "narrative")
"""The fields of a document that cite (R10)."""
_MOST_CHARACTERS: Final = 100


def term(letter: str, text: str) -> str:
    """A term of a text, cut where numbers have long ended: one word may be of a million letters."""
    return letter + text[:_MOST_CHARACTERS]


def day_term(day: int) -> str:
    """The term of a day.

    >>> day_term(730120)
    'd:0730120'
    """
    return f"{DAY}{day:07}"


def terms_of(entry: Entry, policy: Policy, after: int = 0) -> set[str]:
    """Everything by which an entry is to be found, but for its ends. after: days up to this one find nothing."""
    if entry.kind in RECORD_KINDS:
        record = read_record(entry)
        return set(_of_record(record, cited_tokens(record, policy), policy, after))
    if entry.deleted:
        return set()
    if entry.kind is Kind.LINK:
        named = read_named(entry)
        return set(_of_link(named, policy)) if named.sources or named.role else set()
    return set(_of_decision(entry, after))


def gist_and_terms(entry: Entry, policy: Policy, after: int) -> tuple[Gist | None, set[str]]:
    """The gist of an entry and its terms: of a record, which has texts to look through, both by one look."""
    if entry.kind not in RECORD_KINDS:
        return gist_of(entry, policy), terms_of(entry, policy, after)
    record = read_record(entry)
    gist = gist_of_record(record, policy)
    return gist, set(_of_record(record, gist.tokens, policy, after))


def link_terms(stated: Stated, policy: Policy) -> Iterator[tuple[str, EntryId]]:
    """The same of all links of which this is stated, each term with the link's id."""
    ids = stated.linkage.links.ids
    by_role = [set(_tokens([role], policy)) if role else set[str]() for role, _, _ in stated.sayings]
    for link, saying, sources in stated.telling():
        terms = by_role[saying].union(SOURCE + id for id in sources)
        yield from ((term, ids[link]) for term in terms)


def end_terms(entry: Entry) -> set[str]:
    """By which a link is found by its ends."""
    return {END + end for end in ends_of(entry)}


def parted(terms: Iterable[str]) -> tuple[list[str], list[str]]:
    """The ids of ends among terms, and the other terms."""
    asked = list(terms)
    return (
        [term.removeprefix(END) for term in asked if term.startswith(END)],
        [term for term in asked if not term.startswith(END)],
    )


def texts_of(entry: Entry, policy: Policy) -> Iterator[str]:
    """Every text that may be shown and masked with an entry."""
    if entry.kind in RECORD_KINDS:
        yield from _texts_of_record(read_record(entry), policy)
    elif entry.kind is Kind.LINK and not entry.deleted:
        yield from filter(None, (read_named(entry).role,))


def number_of(entry: Entry | None) -> str | None:
    """The folded number of a case or document that is held."""
    if entry is None or entry.kind not in (Kind.CASE, Kind.DOCUMENT):
        return None
    number = read_record(entry).fields.get("number")
    return None if number is None else fold(number)


def ends_of(entry: Entry | None) -> tuple[EntryId, EntryId] | tuple[()]:
    """The two ends of a link that is held."""
    if entry is None or entry.kind is not Kind.LINK or entry.deleted:
        return ()
    named = read_named(entry)
    return named.head, named.tail


def sources_of(entry: Entry | None) -> set[EntryId]:
    """The ids that a link or the properties of a subject name as sources."""
    if entry is None or entry.deleted:
        return set()
    if entry.kind is Kind.LINK:
        return set(map(EntryId, read_named(entry).sources))
    if entry.kind is Kind.SUBJECT:
        return {EntryId(id) for prop in read_record(entry).properties for id in prop.sources or ()}
    return set()


def _of_record(record: Record, cited: Sequence[Token], policy: Policy, after: int) -> Iterator[str]:
    """cited: its `cited_tokens`."""
    if record.kind is not Kind.SUBJECT and "number" in record.fields:
        yield term(NUMBER, fold(record.fields["number"]))
    for token in cited:
        yield from _of_cited(token)
    for prop in record.properties:
        yield from (SOURCE + source for source in prop.sources or ())
    yield from _tokens(_texts_of_record(record, policy, _CITING if cited else ()), policy)
    day = ordinal(record.fields.get(policy.date_fields[record.kind]))
    if day > after and day != NO_DAY:
        yield day_term(day)


def _texts_of_record(record: Record, policy: Policy, known: Collection[str] = ()) -> Iterator[str]:
    """known: fields whose tokens are known already."""
    yield from (text for name, text in record.fields.items() if name != "number" and name not in known)
    for prop in record.properties:
        yield from filter(None, (prop.name, prop.value))
    yield from _contacts(record.fields.get("office"), policy)


def _contacts(office: str | None, policy: Policy) -> Iterable[str]:
    """What may be shown as the contact of an office, whose own name may be masked."""
    if office is None or not policy.contacts:
        return ()
    if policy.patterns.tokens(office):
        return policy.contacts.values()
    contact = policy.contacts.get(office)
    return () if contact is None else (contact,)


def _of_cited(token: Token) -> Iterator[str]:
    yield term(TOKEN, token.text)
    yield from (term(PLACE, token.text[place:]) for place in token.places if place)


def _of_link(link: Named, policy: Policy) -> Iterator[str]:
    yield from (SOURCE + source for source in link.sources)
    if link.role:
        yield from _tokens([link.role], policy)


def _of_decision(entry: Entry, after: int) -> Iterator[str]:
    decision = read_clearance(entry) if entry.kind is Kind.CLEARANCE else read_consent(entry)
    if decision is None:
        return
    yield from (DECIDED + id for id in named_by(entry))
    yield from (day_term(day) for day in (decision.effective, decision.expires) if day > after)


def named_by(entry: Entry | None) -> set[EntryId]:
    """The records and links that a clearance or a consent with an effect names."""
    if entry is None:
        return set()
    if entry.kind is Kind.CLEARANCE and (clearance := read_clearance(entry)) is not None:
        return {clearance.link, clearance.head, clearance.tail}
    if entry.kind is Kind.CONSENT and (consent := read_consent(entry)) is not None:
        return {id for id in (consent.record, consent.link) if id is not None}
    return set()


def _tokens(texts: Iterable[str], policy: Policy) -> Iterator[str]:
    for text in texts:
        yield from (term(TOKEN, token.text) for token in policy.patterns.tokens(text))
