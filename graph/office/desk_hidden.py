"""What was said at the desk of something that had a category which an officer may not know of is not there for him.

A word keeps the codes that what it is about had then; a request, those that were asked for as well. Whose own word it
is, to him it stays.
"""

from graph.dossier import Request
from graph.officer import Officer
from graph.policy import Policy
from graph.reading import same_person


def hides_request(policy: Policy, officer: Officer, request: Request) -> bool:
    """Whether a request was for a hidden category, or about something that had one before or after."""
    if same_person(request.by.who, officer.user):
        return False
    hidden = policy.hidden_from(officer.person)
    words = [request.by, *([] if request.decided is None else [request.decided])]
    codes = (*request.asked.codes, *(code for word in words for code in word.codes))
    return bool(
        set(policy.names_of(hidden)) & set(request.asked.categories)
        or policy.categories_of(codes, without=0) & hidden
    )


def hides_word(policy: Policy, officer: Officer, who: str, codes: tuple[str, ...]) -> bool:
    """Whether somebody's word, that belongs to no request, was of something that had a hidden category."""
    if same_person(who, officer.user):
        return False
    return bool(policy.categories_of(codes, without=0) & policy.hidden_from(officer.person))
