"""Findings about codes: none, one that is not in the book, fewer than what the record cites, words without theirs."""

from collections.abc import Iterator

from graph.findings.examined import Examined, in_words, quoted
from graph.findings.finding import Finding, Rule


def no_code(examined: Examined) -> Iterator[Finding]:
    """A record without a code is uncoded (R1): nobody has said what it is."""
    if examined.record.codes is None:
        yield examined.finding(Rule.NO_CODE, "", "Its access control codes are no list.")
    elif not examined.record.codes:
        yield examined.finding(Rule.NO_CODE, "", "It has no access control code.")


def unknown_code(examined: Examined) -> Iterator[Finding]:
    """A code that the book does not have, letter for letter, says nothing (R1)."""
    for code in dict.fromkeys(examined.record.codes or ()):
        if code is None:
            yield examined.finding(Rule.UNKNOWN_CODE, "", "One of its access control codes is no text.")
        elif code not in examined.around.policy.codes:
            text = f"Its code {quoted(code)} is not in the code book."
            yield examined.finding(Rule.UNKNOWN_CODE, code, text)


def more_open_than_cited(examined: Examined) -> Iterator[Finding]:
    """What cites withheld material is coded like it. The category is carried all the same, but for a clearance."""
    around, nodes = examined.around, examined.around.linkage.nodes
    cited = {} if examined.node is None else around.links.cited.get(examined.node, {})
    for tail, bits in cited.items():
        if names := around.policy.names_of(bits & ~examined.coded):
            text = f"It rests on {quoted(nodes.ids[tail])}, which is coded {in_words(names)}, and is not coded so."
            yield examined.finding(Rule.MORE_OPEN, nodes.ids[tail], text)


def words_without_code(examined: Examined) -> Iterator[Finding]:
    """Words of a category, as the policy lists them, in a text of a record (or a value) without the code for it."""
    policy = examined.around.policy
    said: dict[str, dict[str, str]] = {}
    for text in examined.texts:
        for category, word in examined.around.words.found(text.words):
            if not policy.bit(category) & (examined.coded | text.own):
                said.setdefault(category, {}).setdefault(word, text.place)
    for category, words in said.items():
        places = [f"its {place} says {quoted(word)}" for word, place in words.items()]
        text_ = f"{in_words(places)}, but it has no code for {category}."
        yield examined.finding(Rule.WORDS_WITHOUT_CODE, category, text_[0].upper() + text_[1:])
