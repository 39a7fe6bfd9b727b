"""What a person is asked before a publication adds anything: changed rules, and much more or much less than before.

Only additions wait for the answer. What must go is withdrawn before anybody is asked (DESIGN 4): a question about much
that was withdrawn is whether to go on, never whether to withdraw.
"""

from collections.abc import Collection
from enum import StrEnum
from typing import Annotated

import msgspec

from graph.model import AgreementId
from graph.planning import Publication


class Question(StrEnum):
    """Why a publication is asked about."""

    RULES = "rules"
    ADDS = "adds"
    WITHDRAWS = "withdraws"


class Asking(msgspec.Struct, frozen=True):
    """`[publish]` of caselink.toml: from which size on a publication is asked about.

    ask_share: more than this share of the records that the partner had before. ask_records: and more than so many, so
    that a small release does not ask each time that a few of its records change.
    """

    ask_share: Annotated[float, msgspec.Meta(ge=0)] = 0.2
    ask_records: Annotated[int, msgspec.Meta(ge=0)] = 100


def questions(
    publication: Publication, published: Collection[AgreementId], asking: Asking
) -> tuple[Question, ...]:
    """What is to be asked about one agreement. published: those that have a release; a first one adds all it has."""
    before = publication.records - publication.added + publication.withdrawn
    asked = [Question.RULES] if publication.rules_changed and publication.adds else []
    if publication.agreement in published:
        asked += [Question.ADDS] if _is_much(publication.added, before, asking) else []
        asked += [Question.WITHDRAWS] if _is_much(publication.withdrawn, before, asking) else []
    return tuple(asked)


def _is_much(changed: int, before: int, asking: Asking) -> bool:
    return changed > asking.ask_records and changed > asking.ask_share * before
