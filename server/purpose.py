"""Why a partner asks: X-Purpose and X-Case-Number, each of 1 to 200 printable characters.

Required where the agreement says so. Elsewhere they may be left out, and one that will not do is as if it was.
"""

from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers

PURPOSE: Final = "x-purpose"
CASE_NUMBER: Final = "x-case-number"
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why something is asked, and for which case of the partner's own. None: not stated, or not as it should be."""

    purpose: str | None
    case_number: str | None

    @property
    def is_stated(self) -> bool:
        """Whether both are."""
        return self.purpose is not None and self.case_number is not None


def purpose_of(headers: Headers) -> Purpose:
    """What a request's headers say."""
    return Purpose(*(_stated(headers.getlist(name)) for name in (PURPOSE, CASE_NUMBER)))


def _stated(values: list[str]) -> str | None:
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
