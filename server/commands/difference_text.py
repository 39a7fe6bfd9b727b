"""How a difference of releases reads: its counts, then the first of what is added, changed and withdrawn, and why."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from graph.difference import Difference, Told
from graph.model import AgreementId
from graph.printable import printable

MOST_TOLD: Final = 50
"""How many elements of a sort are told by line; JSON has all."""

_MOST_VALUES: Final = 5
_MOST_TEXT: Final = 60
_BEFORE: Final = 20
"""So much is told of what two texts have in common, before they differ."""


def difference_lines(agreement: AgreementId, difference: Difference) -> Iterator[str]:
    """One agreement's difference as a person reads it."""
    counts = f"{len(difference.added):,} added, {len(difference.changed):,} changed"
    yield f"{agreement}: {counts}, {len(difference.withdrawn):,} withdrawn"
    yield from element_lines(difference)


def element_lines(difference: Difference) -> Iterator[str]:
    """What is added, changed and withdrawn, each with its reason."""
    yield from _sort_of("+", difference.added, _added)
    yield from _sort_of("~", difference.changed, _changed)
    yield from _sort_of("-", difference.withdrawn, _withdrawn)


def _sort_of(sign: str, elements: Sequence[Told], why: Callable[[Told], str]) -> Iterator[str]:
    for one in elements[:MOST_TOLD]:
        yield f"  {sign} {printable(f'{one.id}  ({why(one)})')}"
    if len(elements) > MOST_TOLD:
        yield f"  {sign} and {len(elements) - MOST_TOLD:,} more; --json tells all{_sums(elements)}"


def _sums(elements: Sequence[Told]) -> str:
    """How many of all of them have which reason, or differ in which field, the most first."""
    sums = Counter(word for one in elements for word in (*one.reasons, *(field.name for field in one.fields)))
    told = sorted(sums.items(), key=lambda each: (-each[1], each[0]))
    return printable(f". Of all: {', '.join(f'{word} {number:,}' for word, number in told)}") if told else ""


def _added(one: Told) -> str:
    return f"was withheld: {', '.join(one.reasons)}" if one.reasons else "waits to be published"


def _changed(one: Told) -> str:
    return "; ".join(
        f"{field.name}: {' → '.join(_before_and_after(field.before, field.after))}" for field in one.fields
    )


def _before_and_after(before: object, after: object) -> tuple[str, str]:
    """Both values as they are shown; of long texts the part in which they begin to differ.

    >>> _before_and_after("x" * 100 + "see [number withheld].", "x" * 100 + "see NY03-0002.")[1]
    '“…xxxxxxxxxxxxxxxxsee NY03-0002.”'
    """
    if not (isinstance(before, str) and isinstance(after, str)):
        return _value(before), _value(after)
    pairs = enumerate(zip(before, after, strict=False))
    same = next((place for place, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = max(0, same - _BEFORE) if max(len(before), len(after)) > _MOST_TEXT else 0
    return _value(before, start), _value(after, start)


def _value(shown: object, start: int = 0) -> str:
    """A value as it is shown, cut short. start: where its part of a text begins."""
    if shown in (None, []):
        return "nothing"
    if isinstance(shown, list):
        return ", ".join(map(_value, shown[:_MOST_VALUES])) + (", …" if len(shown) > _MOST_VALUES else "")
    if isinstance(shown, dict):
        of = f" of {', '.join(shown['sources'])}" if "sources" in shown else ""
        return f"{shown['name']} {_value(shown['value'])}{of}"
    text = str(shown)[start:]
    head, tail = "…" if start else "", "…" if len(text) > _MOST_TEXT else ""
    return f"“{head}{text[:_MOST_TEXT]}{tail}”"


def _withdrawn(one: Told) -> str:
    if not one.reasons:
        return "is no longer what was published, and additions wait"
    return f"withheld: {', '.join(one.reasons)}"
