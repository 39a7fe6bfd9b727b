"""Findings about what a text gives away: a number of a withheld record, or a name known only from withheld ones.

The number itself is masked (R10), but what stands around it is not. A thing counts as withheld for a category that the
record which names it has not: under some agreement, or before any decision.
"""

from collections.abc import Iterator

from graph.findings.examined import Examined, Text, in_words, quoted
from graph.findings.finding import Finding, Rule
from graph.model import Kind
from graph.phrases import words_of


def withheld_number_in_text(examined: Examined) -> Iterator[Finding]:
    """Text that names the number of a record that is withheld, where the record with the text is not."""
    texts = [text for text in examined.texts if not _is_synopsis(examined, text)]
    yield from _numbers(examined, Rule.WITHHELD_NUMBER, texts)


def withheld_number_in_synopsis(examined: Examined) -> Iterator[Finding]:
    """A synopsis that names such a number: no link carries from it to its case, since a case contains all kinds."""
    texts = [text for text in examined.texts if _is_synopsis(examined, text)]
    yield from _numbers(examined, Rule.SYNOPSIS, texts)


def withheld_name_in_text(examined: Examined) -> Iterator[Finding]:
    """Text that names somebody whose name stands nowhere but in what is withheld."""
    around = examined.around
    told = set()
    found = ((text, name) for text in examined.texts for name in around.names.found(text.words))
    for text, name in found:
        names = around.beyond(name.views, text.standing)
        detail = " ".join(words_of(name.name))
        if names and detail not in told:
            told.add(detail)
            says = f"Its {text.place} names {quoted(name.name)}, a name known only from what is withheld for"
            yield examined.finding(Rule.WITHHELD_NAME, detail, f"{says} {in_words(names)}.")


def _is_synopsis(examined: Examined, text: Text) -> bool:
    return examined.record.kind is Kind.CASE and text.place == "synopsis"


def _numbers(examined: Examined, rule: Rule, texts: list[Text]) -> Iterator[Finding]:
    around, ids = examined.around, examined.around.linkage.nodes.ids
    told = {examined.record.id}
    named = (
        (text, number, node)
        for text in texts
        for token in text.tokens
        for number, node in around.named_in(token)
    )
    for text, number, node in named:
        names, id = around.beyond(around.standing(node), text.standing), ids[node]
        if names and id not in told:
            told.add(id)
            says = f"Its {text.place} names {quoted(number)}, the number of {quoted(id)},"
            yield examined.finding(rule, id, f"{says} which is withheld for {in_words(names)}.")
