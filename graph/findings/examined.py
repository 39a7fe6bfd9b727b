"""A record as its findings look at it: what it says, its texts, and what is around it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graph.findings.around import Around
from graph.findings.finding import Finding, Rule
from graph.findings.names import Value
from graph.model import Kind, Record, Token
from graph.phrases import words_of
from graph.policy import UNCODED
from graph.printable import printable

_TEXTS: Final = ("title", "synopsis", "narrative", "author", "office")
_CODED: Final = {
    Kind.CASE: (("status", "case_status"), ("program", "case_program")),
    Kind.DOCUMENT: (("type", "document_type"),),
    Kind.SUBJECT: (("type", "subject_type"),),
}
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Text:
    """A text that may be shown. place: where it stands, in words. own: categories of this value's codes, as bits.

    standing: for what it is withheld, in each view. words, tokens: of the text.
    """

    place: str
    text: str
    own: int
    standing: tuple[int, ...]
    words: Sequence[str]
    tokens: Sequence[Token]


@dataclass(frozen=True, slots=True)
class Examined:
    """node: its node; None where nothing knows it yet. coded: categories by its codes, as bits."""

    record: Record
    around: Around
    node: int | None
    coded: int
    texts: Sequence[Text]

    @classmethod
    def of(cls, record: Record, around: Around) -> "Examined":
        """A record that is not deleted."""
        node, policy = around.node(record.id), around.policy
        coded = policy.categories_of(record.codes, without=policy.bit(UNCODED))
        standing = (coded,) * len(around.views) if node is None else around.standing(node)
        texts = _texts(record, around, standing)
        return cls(record, around, node, coded & ~policy.bit(UNCODED), list(texts))

    def odd(self, links: Mapping[int, Sequence[int]]) -> Sequence[int]:
        """Its own of some links by node."""
        return () if self.node is None else links.get(self.node, ())

    def finding(self, rule: Rule, detail: str, text: str) -> Finding:
        """A finding of this record."""
        return Finding(rule, self.record.id, detail, text)


def quoted(text: str) -> str:
    """A text of the holdings as a finding quotes it.

    >>> quoted("T-3 "), quoted("x" * 100) == "“" + "x" * 60 + "…”"
    ('“T-3 ”', True)
    """
    return f"“{printable(text[:_LONGEST])}{'…' if len(text) > _LONGEST else ''}”"


def in_words(several: Sequence[str]) -> str:
    """Some words as a sentence has them.

    >>> in_words(["a"]), in_words(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return " and ".join(filter(None, (", ".join(several[:-1]), several[-1])))


def _texts(record: Record, around: Around, standing: tuple[int, ...]) -> Iterator[Text]:
    policy = around.policy
    names = [name for name, vocabulary in _CODED[record.kind] if policy.words[vocabulary] is None]
    for name in (*_TEXTS, *names):
        if text := record.fields.get(name):
            yield Text(name, text, 0, standing, words_of(text), policy.patterns.tokens(text))
    for prop in record.properties:
        value = Value.of(prop, around.linkage, policy)
        views = zip(around.views, standing, strict=True)
        under = tuple(word | value.under(view, policy) for view, word in views)
        place, text = f"property {quoted(prop.name or '')}", prop.value
        yield Text(place, text, value.own, under, words_of(text), policy.patterns.tokens(text))
