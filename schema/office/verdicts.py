"""Whether one thing is released under each agreement, and why not: causes, chains, and who may change them.

It is told as `graph.office.telling` has it for this reader, and only where it is asked for: whether something is
released costs a look, its causes a walk along the links.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.explaining.causes import Cause as Found
from graph.explaining.causes import Step
from graph.explaining.causes import Verdict as Explained
from graph.explaining.who_may_change import who_may_change
from graph.explaining.words import fact_words
from graph.model import AgreementId, EntryId
from graph.office.audience import NOT_SHOWN
from graph.office.held_record import text_of
from graph.office.telling import Told
from graph.policy import Category
from graph.reading import line_of
from schema.office.context import Asking, Info

if TYPE_CHECKING:
    from schema.office.record import HeldRecord

ARecord = Annotated["HeldRecord", strawberry.lazy("schema.office.record")]


@strawberry.type
class CategoryRef:
    """A category of withheld material."""

    id: strawberry.ID
    label: str
    authority: str | None

    @classmethod
    def of(cls, category: Category) -> "CategoryRef":
        """As the policy has it."""
        return cls(id=strawberry.ID(category.name), label=category.label, authority=category.authority)


@strawberry.type
class ChainStep:
    """A link of a chain, in the way that something passes. codedBy, approvedBy: of the record that it passes from.

    link: null where a number in a text stands for it.
    """

    link: strawberry.ID | None
    type: str
    from_: strawberry.ID = strawberry.field(name="from")
    to: strawberry.ID
    coded_by: str | None
    approved_by: str | None

    @classmethod
    def of(cls, step: Step, explained: Explained) -> "ChainStep":
        """As the explanation has it, in the order in which something passes along it."""
        giver = explained.records.get(step.giver)
        return cls(
            link=None if step.implied else strawberry.ID(step.link),
            type=step.type or "",
            from_=strawberry.ID(step.giver),
            to=strawberry.ID(step.taker),
            coded_by=None if giver is None else giver.prepared_by,
            approved_by=None if giver is None else giver.approved_by,
        )


@strawberry.type
class Cause:
    """One base fact that withholds. chain: from `base` to what is withheld; empty where the fact is its own.

    rule: of the base fact; empty where the reason is not shown to this reader.
    """

    rule: str
    reason: str
    category: CategoryRef | None
    text: str
    base_id: strawberry.Private[EntryId | None]
    chain: list[ChainStep]
    length: int
    who_may_change: str

    @strawberry.field
    def base(self, info: Info) -> ARecord | None:
        """The record that bears the fact; null where that is a link or a value, or was never loaded."""
        return None if self.base_id is None else info.context.record(self.base_id)

    @classmethod
    def of(cls, found: Found, explained: Explained, asking: Asking) -> "Cause":
        """As the explanation has it."""
        policy, bearer = asking.seen.rules.policy, EntryId(found.bearer)
        entry = asking.seen.record(bearer)
        category = policy.categories.get(found.fact.reason)
        office = None if entry is None else text_of(line_of(entry), "office")
        return cls(
            rule=found.fact.rule,
            reason=found.fact.reason,
            category=None if category is None else CategoryRef.of(category),
            text=f"{found.bearer} {fact_words(found.fact)}",
            base_id=None if entry is None else bearer,
            chain=[ChainStep.of(step, explained) for step in found.chain or ()],
            length=found.length,
            who_may_change=who_may_change(found, office, policy),
        )

    @classmethod
    def not_shown(cls) -> "Cause":
        """Of something that does not exist for this reader: always the same one."""
        return cls(
            rule="",
            reason="not shown",
            category=None,
            text=NOT_SHOWN,
            base_id=None,
            chain=[],
            length=0,
            who_may_change=NOT_SHOWN,
        )


@strawberry.type
class Verdict:
    """Whether one agreement has it."""

    told: strawberry.Private[Told]

    @strawberry.field
    def agreement(self) -> strawberry.ID:
        return strawberry.ID(self.told.agreement)

    @strawberry.field
    def released(self) -> bool:
        return self.told.released

    @strawberry.field
    def causes(self, info: Info) -> list[Cause]:
        """Every cause; none where it is released."""
        info.context.deadline.check()
        if self.told.released:
            return []
        explained = self.told.explained
        if explained is None:
            return [Cause.not_shown()]
        return [Cause.of(found, explained, info.context) for found in explained.causes]

    @strawberry.field
    def text(self, info: Info) -> str:
        """As `caselink explain` prints it."""
        info.context.deadline.check()
        return self.told.text


def verdicts_on(
    asking: Asking,
    asked: str,
    agreements: list[strawberry.ID] | None,
    released: Callable[[AgreementId], bool],
) -> list[Verdict]:
    """One for each agreement on file, or of those that are named. released: by all that is held."""
    known = asking.seen.rules.agreements
    wanted = known if agreements is None else [AgreementId(id) for id in agreements]
    return [
        Verdict(told=Told(asking.audience, id, asked, released(id)))
        for id in sorted(set(wanted) & known.keys())
    ]
