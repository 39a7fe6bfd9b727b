"""A verdict for a person: what is withheld, for which reasons and along which chain; or what a release stands on.

Long lists are cut short here and say so; `--json` has all. What comes from a line is made safe for a terminal.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from graph.explaining.causes import Cause, Ground, Needed, Note, Step, Verdict
from graph.explaining.words import HEADINGS, fact_words, listed
from graph.model import EntryId, Kind
from graph.printable import printable

_MOST: Final = 5
_LONG_CHAIN: Final = 8
_AT_EACH_END: Final = 3
_MORE: Final = "--json tells all"

_Verb = tuple[str, str]
"""What a link of a chain does, and by which rule."""

_CARRIES: Final[_Verb] = ("carries it", "R3")
_SUPPORTS: Final[_Verb] = ("supports", "R7")
_ENDS: Final = {0: (), 1: ("of",), 2: ("from", "to")}


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """The lines to print."""
    return map(printable, _Telling(verdict).lines())


class _Telling:
    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def lines(self) -> Iterator[str]:
        verdict = self.verdict
        yield from self._asked()
        to = f"{verdict.agreement} ({verdict.partner}) on {date.fromordinal(verdict.day).isoformat()}"
        if verdict.released:
            yield f"Released to {to}."
            yield from self._released()
        else:
            yield f"Withheld from {to}; causes: {len(verdict.causes):,}."
            yield from self._withheld()

    def _asked(self) -> Iterator[str]:
        verdict = self.verdict
        note = None if verdict.kind == Kind.LINK else verdict.records.get(EntryId(verdict.asked))
        described = " ".join(filter(None, (verdict.kind, verdict.type))) if note is None else _described(note)
        yield f"{verdict.asked}, {described}"
        for word, end in zip(_ENDS[len(verdict.ends)], verdict.ends, strict=True):
            yield f"  {word} {self._name(end)}"

    # --- withheld ---

    def _withheld(self) -> Iterator[str]:
        for withheld, causes in groupby(self.verdict.causes, key=lambda cause: cause.withholds):
            if withheld != self.verdict.asked:
                yield ""
                yield f"{withheld} is withheld:"
            by_reason: dict[str, list[Cause]] = {}
            for cause in causes:
                by_reason.setdefault(cause.fact.reason, []).append(cause)
            for reason in sorted(by_reason):
                yield ""
                yield from self._reason(reason, by_reason[reason])

    def _reason(self, reason: str, causes: Sequence[Cause]) -> Iterator[str]:
        yield _heading(reason, causes)
        for cause in causes[:_MOST]:
            yield from self._cause(cause)
        if len(causes) > _MOST:
            yield f"  and {len(causes) - _MOST:,} more causes of this; {_MORE}."

    def _cause(self, cause: Cause) -> Iterator[str]:
        fact = cause.fact
        if fact.ground is Ground.OUT_OF_SCOPE:
            yield f"  {fact_words(fact)} ({fact.rule})"
            return
        name = cause.bearer if fact.ground is Ground.NEVER_LOADED else self._name(cause.bearer)
        comma = "" if name == cause.bearer else ","
        yield f"  {name}{comma} {fact_words(fact)} ({fact.rule})"
        yield from self._who(cause.bearer)
        if cause.chain is None:
            yield f"    … {cause.length:,} links away, too far among so many to be told; ask about it …"
        else:
            yield from self._steps(cause.chain, _SUPPORTS if fact.label is None else _CARRIES)

    def _who(self, id: str) -> Iterator[str]:
        note = self.verdict.records.get(EntryId(id))
        if note is not None and note.kind is not None:
            prepared, approved = note.prepared_by or "nobody", note.approved_by or "nobody"
            yield f"    codes: {listed(note.codes, 'none')}; prepared by {prepared}, approved by {approved}"

    def _steps(self, steps: Sequence[Step], verb: _Verb) -> Iterator[str]:
        if len(steps) <= _LONG_CHAIN:
            yield from (line for step in steps for line in self._step(step, verb))
            return
        yield from (line for step in steps[:_AT_EACH_END] for line in self._step(step, verb))
        yield f"    … {len(steps) - 2 * _AT_EACH_END:,} links more; {_MORE} …"
        yield from (line for step in steps[-_AT_EACH_END:] for line in self._step(step, verb))

    def _step(self, step: Step, verb: _Verb) -> Iterator[str]:
        yield f"    → {self._name(step.taker)}"
        does, rule = verb
        along = f"the text of {step.head} names {step.tail} (R10):" if step.implied else "along"
        type = step.type or "a link without a type"
        yield f"      {along} {step.link}, {type} from {step.head} to {step.tail}, which {does} {step.way} ({rule})"

    # --- released ---

    def _released(self) -> Iterator[str]:
        standing = self.verdict.standing
        yield ""
        yield "Nothing withholds it."
        yield from self._supporters(standing.supporters)
        if len(standing.support) > 1:
            yield f"Support begins at {self._name(standing.support[0].giver)}:"
            yield from self._steps(standing.support, _SUPPORTS)
        if standing.sources:
            yield f"It is asserted by {listed(standing.sources)}, released under the same agreement."
        for needed in standing.decisions:
            yield from _needed(needed)

    def _supporters(self, supporters: Sequence[Step]) -> Iterator[str]:
        if supporters:
            yield "It is supported (R7) by"
            yield from (f"  {self._name(s.giver)}, along {s.link}, {s.type}" for s in supporters[:_MOST])
        elif not self.verdict.ends:
            yield "A record of its kind needs no support (R7)."
        if len(supporters) > _MOST:
            yield f"  and {len(supporters) - _MOST:,} more; {_MORE}."

    def _name(self, id: str) -> str:
        """A record with what is told of it; what was asked for is described once, at the head."""
        note = self.verdict.records.get(EntryId(id))
        return id if note is None or id == self.verdict.asked else f"{id}, {_described(note)}"


def _needed(needed: Needed) -> Iterator[str]:
    yield ""
    given = f", granted by {needed.granted_by}" if needed.granted_by else ""
    yield f"Needed (R4): {needed.kind} {needed.id}{given}, until {needed.expires} (the first day without it)."
    if needed.kind == Kind.CONSENT:
        yield f"  The partner may have {needed.category} of {needed.record or needed.link}."
    else:
        yield f"  {needed.category} does not pass along {needed.link}."
    if needed.alone:
        yield f"  Without it {needed.serves} would be withheld."
    else:
        yield f"  It is not the only one that keeps {needed.category} from {needed.serves}."
    yield f"  “{needed.reason}”: requested by {needed.requested_by}, approved by {needed.approved_by}."


def _described(note: Note) -> str:
    if note.kind is None:
        return "never loaded"
    deleted = "deleted " if note.deleted else ""
    title = f"“{note.title}”" if note.title else None
    return " ".join(filter(None, (f"{deleted}{note.kind}", note.number, title)))


def _heading(reason: str, causes: Sequence[Cause]) -> str:
    fact = causes[0].fact
    if fact.label is not None:
        return f"{reason}: {fact.label}" + (f" ({fact.authority})" if fact.authority else "")
    waiting = sum(cause.fact.ground is Ground.SUPPORTER_WITHHELD for cause in causes)
    counted = f"; {waiting:,} would, and {'is' if waiting == 1 else 'are'} withheld" if waiting else ""
    return f"{reason}: {HEADINGS[reason]}{counted}"
