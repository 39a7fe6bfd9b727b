"""The policy in words, as `caselink policy show` prints it. Who is on a list of readers is told to who is on it."""

from dataclasses import replace
from typing import Final

import strawberry

from graph.policy import Category, Policy
from schema.office.context import Asking, Info
from schema.office.verdicts import CategoryRef

_NOT_SHOWN: Final = frozenset({"not shown to you"})


@strawberry.type
class CodeInWords:
    """A code of the book, and the category that it stands for; null: release."""

    code: str
    category: CategoryRef | None


@strawberry.type
class PolicyInWords:
    """What the policy says. text: all of it, as a person reads it."""

    id: strawberry.ID
    title: str
    text: str
    categories: list[CategoryRef]
    codes: list[CodeInWords]
    link_types: list[str]


@strawberry.type
class PolicyQuery:
    """The policy."""

    @strawberry.field
    def policy(self, info: Info) -> PolicyInWords:
        policy = _for(info.context)
        refs = {name: CategoryRef.of(category) for name, category in policy.categories.items()}
        return PolicyInWords(
            id=strawberry.ID(policy.id),
            title=policy.title,
            text=info.context.archive.policy_text(policy),
            categories=list(refs.values()),
            codes=[
                CodeInWords(code=code, category=next((refs[n] for n in policy.names_of(word)), None))
                for code, word in policy.codes.items()
            ],
            link_types=list(policy.links),
        )


def _for(asking: Asking) -> Policy:
    """The policy with the lists of readers that the officer is on."""
    policy = asking.seen.rules.policy
    shown = {name: _shown(category, asking.officer.person) for name, category in policy.categories.items()}
    return replace(policy, categories=shown)


def _shown(category: Category, person: str) -> Category:
    if category.readers is None or person in category.readers:
        return category
    return replace(category, readers=_NOT_SHOWN)
