"""Why a partner asks: X-Purpose and X-Case-Number, each of 1 to 200 printable characters.

Required where the agreement says so. Elsewhere they may be left out, and one that will not do is as if it was.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

_LONGEST: Final = 200


class Purpose(msgspec.Struct, frozen=True):
    """Why something is asked, and for which case of the partner's own. None: not stated, or not as it should be."""

    purpose: str | None
    case_number: str | None

    @property
    def is_stated(self) -> bool:
        """Whether both are."""
        return self.purpose is not None and self.case_number is not None


_NOT_STATED: Final = Purpose(None, None)


def purpose_of(purposes: Sequence[str], case_numbers: Sequence[str]) -> Purpose:
    """What a request's headers say: all of each name."""
    if not purposes and not case_numbers:
        return _NOT_STATED
    return Purpose(_stated(purposes), _stated(case_numbers))


def _stated(values: Sequence[str]) -> str | None:
    if len(values) != 1:
        return None
    text = _text(values[0]).strip()
    return text if len(text) <= _LONGEST and text.isprintable() and text else None


def _text(value: str) -> str:
    """Header bytes come as Latin-1; what is UTF-8 is read as that."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return value
