"""Why a partner asks: X-Purpose and X-Case-Number, each of 1 to 200 printable characters.

Required where the agreement says so. Elsewhere they may be left out, and one that will not do is as if it was.
"""

from typing import Final

from starlette.datastructures import Headers

PURPOSE: Final = "x-purpose"
CASE_NUMBER: Final = "x-case-number"
_LONGEST: Final = 200


def is_stated(headers: Headers) -> bool:
    """Whether both are there, each once and as they should be."""
    return all(_is_printable(headers.getlist(name)) for name in (PURPOSE, CASE_NUMBER))


def _is_printable(values: list[str]) -> bool:
    if len(values) != 1:
        return False
    text = _text(values[0]).strip()
    return 1 <= len(text) <= _LONGEST and text.isprintable()


def _text(value: str) -> str:
    """Header bytes come as Latin-1; what is UTF-8 is read as that."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return value
