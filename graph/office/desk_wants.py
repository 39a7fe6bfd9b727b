"""What can be asked for at the desk at all: codes of the book, real days, agreements and categories that there are.

What is refused here would have no effect, or another one than was meant. It is said before anybody approves it.
"""

from collections.abc import Sequence
from typing import Final

from graph.days import ordinal
from graph.dossier import Asked
from graph.draft import Rules
from graph.model import AgreementId, EntryId, Kind
from graph.office.desk_rights import Refused, Why
from graph.policy import RELEASE, Policy

_LONGEST: Final = 2_000


def stated(name: str, text: str) -> str:
    """A text that says something."""
    if not 0 < len(text.strip()) <= _LONGEST:
        raise _unfit(f"{name}: say something, in up to {_LONGEST:,} characters.")
    return text.strip()


def codes_of_the_book(codes: Sequence[str], kind: Kind, policy: Policy) -> tuple[str, ...]:
    """Codes that can be given: of the book, each once; a record has one at least."""
    wanted = tuple(dict.fromkeys(codes))
    unknown = [code for code in wanted if code not in policy.codes]
    if unknown:
        raise _unfit(f"codes: the code book has no {', '.join(unknown)}; it has {', '.join(policy.codes)}.")
    if not wanted and kind is not Kind.LINK:
        raise _unfit(
            f"codes: name one at least; a record without any is withheld. {RELEASE} is a code of its own."
        )
    return wanted


def clearance_wanted(ends: tuple[str, EntryId, EntryId], asked: Asked, rules: Rules, today: int) -> Asked:
    """A clearance of a link that is held, or of an implied citation. ends: its type, and where it goes."""
    _require(asked, rules, today)
    type, head, tail = ends
    return Asked(
        categories=tuple(dict.fromkeys(asked.categories)),
        agreements=tuple(dict.fromkeys(asked.agreements)),
        start=asked.start,
        end=asked.end,
        type=type,
        head=head,
        tail=tail,
    )


def consent_wanted(asked: Asked, rules: Rules, today: int) -> Asked:
    """A consent in one category, for one agreement."""
    _require(asked, rules, today)
    [category] = asked.categories
    if not rules.policy.categories[category].waivable:
        raise _unfit(
            f"category: no originator can consent to {category}; the policy does not say that it is waivable."
        )
    stated("grantedBy", asked.granted_by or "")
    return asked


def _require(asked: Asked, rules: Rules, today: int) -> None:
    categories, agreements = rules.policy.categories, rules.agreements
    if not asked.categories or not set(asked.categories) <= categories.keys():
        raise _unfit(f"categories: name some of {', '.join(categories)}.")
    if not asked.agreements or not {AgreementId(id) for id in asked.agreements} <= agreements.keys():
        raise _unfit(f"agreements: name some of {', '.join(sorted(agreements))}.")
    start, end = ordinal(asked.start), ordinal(asked.end)
    if not start or not end:
        raise _unfit(
            "start, end: write days like 2030-01-31; the end is the first day on which it does not hold."
        )
    if end <= start or end <= today:
        raise _unfit("end: it is to be after the start, and after today.")


def _unfit(text: str) -> Refused:
    return Refused(Why.UNFIT, text)
