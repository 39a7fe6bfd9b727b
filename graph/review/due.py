"""On which day a record is to be looked at again: so many days after it was last attested, approved, or made.

How many the policy says, by the categories that the record has, its own and carried before any decision, and its age.
"""

from graph.days import NO_DAY
from graph.policy import Policy
from graph.review.marks import Attest


def interval(policy: Policy, categories: int, age: int) -> int:
    """After how many days a record is reviewed again. categories: bits. age: in days."""
    stated = policy.review
    listed = [stated.categories[name] for name in policy.names_of(categories) if name in stated.categories]
    if listed:
        return min(listed)
    is_old = stated.old_after is not None and age > stated.old_after
    return stated.old_days if is_old and stated.old_days is not None else stated.days


def due_day(
    policy: Policy, own: int, approved: int, categories: int, attest: Attest | None, today: int
) -> int:
    """The day on which a review is due, deferrals apart, as an ordinal.

    own, approved: the days of the record and of its approval, or NO_DAY. What has no day at all is as old as can be.
    attest: of what it says now.
    """
    last = attest.mark.day if attest is not None else approved or own or policy.floor
    return last + interval(policy, categories, today - own if own != NO_DAY else 0)
