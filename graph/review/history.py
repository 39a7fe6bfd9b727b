"""What reviewers did about a record, for its history. A finding is named only to who may know of what it comes from."""

from collections.abc import Collection

from graph.office.held_history import Done
from graph.review.marks import Mark, Marks


def reviewed(marks: Marks, shown: Collection[str] | None) -> list[Done]:
    """The acts. shown: the names of the findings that a reader may know of; None: of all."""
    said = [("reviewed", attest.mark) for attest in marks.attests]
    if marks.assignment is not None:
        said.append((f"review assigned to {marks.assignment.to}", marks.assignment.mark))
    if marks.deferral is not None:
        said.append(("review deferred", marks.deferral.mark))
    accepted = ((name, mark) for name, mark in marks.accepted.items() if shown is None or name in shown)
    said += [(f"finding accepted: {name}", mark) for name, mark in accepted]
    return [_done(what, mark) for what, mark in said]


def _done(what: str, mark: Mark) -> Done:
    return Done(what, mark.who, mark.at, mark.reason)
