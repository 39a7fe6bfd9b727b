"""What one field of the partner's schema means in a View, in one of four forms: a value, an object, a list, a page.

A meaning is Python text over the structs of a release. In it stand, as `{name}`: `it`, the struct that the field is of;
`n`, the number of the page that it is on (`sN` what the page shows, `wN` the whole list, `bN` and `eN` where the page
starts and ends in it, `gN` what its cursors belong to); `place`, the position of an element of that page; `asked`, what
the field's arguments ask for. Every other name is one of KNOWN (`schema.meanings`) or of a plan's own. No text of a
request gets into it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Make = Callable[..., Any]
"""From the arguments of a field, as its resolver takes them, what is asked for. Raises Refusal."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that is written as it is. seals: it is a cursor. notes: it is the id of `it`, which is noted as told."""

    text: str
    seals: bool = False
    notes: bool = False


@dataclass(frozen=True, slots=True)
class One:
    """An object, or None where nullable. text is empty where it is the same struct, or page, that the field is of."""

    text: str = ""
    nullable: bool = False
    make: Make | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """A list of objects. nullable: whether one may be None. charged: it is paid for by its length (`schema.budget`).

    key: the name of what tells its elements apart, where the same key is the same element in every list of a View.
    """

    text: str
    nullable: bool = False
    make: Make | None = None
    charged: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Paged:
    """A page of a list. belonging: what its cursors belong to. near: a look-up that the plan makes once, if any."""

    whole: str
    place: str
    belonging: str
    make: Make
    near: str = ""


Meaning = Leaf | One | Many | Paged
