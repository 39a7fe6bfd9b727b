"""An act at the desk from a resolver: done behind the door, then told from what is held after it.

What may not be done is told with the code of its reason; so is a turn to write that somebody else has.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from graph.errors import StoreLocked
from graph.office.desk import Decided, Desk
from graph.office.desk_rights import Refused, Why
from schema.office.context import Asking
from schema.office.desk_door import Acted
from schema.office.refusal import OfficeCode, OfficeRefusal

T = TypeVar("T")

_CODES: Final = {
    Why.FORBIDDEN: OfficeCode.FORBIDDEN,
    Why.CHANGED: OfficeCode.CHANGED,
    Why.SAME_PERSON: OfficeCode.SAME_PERSON,
    Why.BLOCKED: OfficeCode.BLOCKED,
    Why.ASK: OfficeCode.ASK,
    Why.UNKNOWN: OfficeCode.BAD_ARGUMENT,
    Why.UNFIT: OfficeCode.BAD_ARGUMENT,
}


def act(asking: Asking, does: Callable[[Desk], Decided]) -> Acted:
    """Do it. Raises OfficeRefusal."""
    return behind(asking, lambda: asking.door.act(asking.officer, asking.look, does))


def behind(asking: Asking, work: Callable[[], T]) -> T:
    """What some work behind the door gives; what is told after it, is told of what is held then."""
    try:
        done = work()
    except Refused as refused:
        raise OfficeRefusal(_CODES[refused.why], str(refused)) from None
    except StoreLocked:
        raise OfficeRefusal(OfficeCode.BUSY) from None
    asking.look_again()
    return done
