"""A verdict as one reader is told it: the explanation of what he may know of, and one bit of the whole.

Where the two differ, what decides is something that does not exist for him: then he is told so, in words that name
nothing, and that one cause alone (DESIGN 6). How many such things there are, and of which kind, changes no word.
"""

from dataclasses import dataclass
from functools import cached_property

from graph.explaining.causes import Verdict
from graph.explaining.explain import explain
from graph.explaining.text import verdict_lines
from graph.model import AgreementId
from graph.office.audience import NOT_SHOWN, Audience


@dataclass(frozen=True)
class Told:
    """One thing under one agreement. asked: its id, or `SUBJECT#name=value`. released: by all that is held."""

    audience: Audience
    agreement: AgreementId
    asked: str
    released: bool

    @cached_property
    def explained(self) -> Verdict | None:
        """The explanation; None where its reason is not shown to this reader."""
        verdict = explain(self.audience.seen.inquiry(self.agreement), self.asked)
        return verdict if verdict.released == self.released else None

    @property
    def text(self) -> str:
        """As `caselink explain` prints it."""
        if self.explained is not None:
            return "\n".join(verdict_lines(self.explained))
        partner = self.audience.seen.rules.agreements[self.agreement].partner
        word = "Released to" if self.released else "Withheld from"
        return f"{word} {self.agreement} ({partner}), {NOT_SHOWN}."
