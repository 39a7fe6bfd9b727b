"""Media types of requests and responses, as GraphQL over HTTP has them: JSON in; two kinds of JSON out, by `Accept`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from server.problems import GRAPHQL_RESPONSE, JSON

_QUALITY = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")
_OFFERED: Final = (GRAPHQL_RESPONSE, JSON)
_LONGEST: Final = 2000
"""How many characters of a header are read: of a longer one nothing is, for it is read before it is known who asks."""

_KEPT: Final = 32
"""How many headers are known again; each client sends the same one all the time."""


@dataclass(frozen=True, slots=True)
class _Range:
    """One entry of an Accept header."""

    type: str
    quality: float

    def fits(self, media: str) -> int:
        """How closely it fits a media type: 3 that type, 2 its main type, 1 any type, 0 not at all."""
        if self.type == media:
            return 3
        return {f"{media.partition('/')[0]}/*": 2, "*/*": 1}.get(self.type, 0)


def answer_type(accept: Sequence[str]) -> str | None:
    """The media type to answer in, by the Accept headers; None where neither will do.

    Who names neither is of before there were two, and is answered in plain JSON.

    >>> answer_type(["application/graphql-response+json"]), answer_type([]), answer_type(["text/html"])
    ('application/graphql-response+json', 'application/json', None)
    """
    return _answer_type(",".join(accept)) if sum(map(len, accept)) <= _LONGEST else None


@lru_cache(_KEPT)
def _answer_type(written: str) -> str | None:
    ranges = [_read(part) for part in written.split(",") if part.strip()]
    if not ranges:
        return JSON
    wanted = {media: _wanted(media, ranges) for media in _OFFERED}
    named = any(range.type in _OFFERED for range in ranges)
    best = max(_OFFERED if named else reversed(_OFFERED), key=lambda media: wanted[media])
    return best if wanted[best][0] > 0 else None


def is_json(content_type: Sequence[str]) -> bool:
    """Whether a body is said to be JSON in UTF-8, which JSON is where nothing else is said."""
    return len(content_type) == 1 and len(content_type[0]) <= _LONGEST and _is_json(content_type[0])


def is_packed(content_encoding: Sequence[str]) -> bool:
    """Whether a body is said to be in another form than its own, compressed say. Such a one is not read.

    >>> is_packed(["gzip"]), is_packed(["Identity"]), is_packed([])
    (True, False, False)
    """
    return any(coding.strip().lower() not in ("", "identity") for coding in content_encoding)


@lru_cache(_KEPT)
def _is_json(written: str) -> bool:
    type, *parameters = (part.strip().lower() for part in written.split(";"))
    charsets = [part.partition("=")[2].strip('" ') for part in parameters if part.startswith("charset")]
    return type == JSON and all(charset in ("utf-8", "utf8") for charset in charsets)


def _wanted(media: str, ranges: list[_Range]) -> tuple[float, int]:
    """How much a media type is wanted: by the range that fits it most closely, then by how closely it does."""
    closest = max(ranges, key=lambda range: range.fits(media))
    return (closest.quality, closest.fits(media)) if closest.fits(media) else (0.0, 0)


def _read(part: str) -> _Range:
    type, *parameters = (piece.strip().lower() for piece in part.split(";"))
    return _Range(type, _quality(parameters))


def _quality(parameters: list[str]) -> float:
    """RFC 9110: from 0 to 1; what is no such number is not wanted."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if _QUALITY.fullmatch(value.strip()) else 0.0
    return 1.0
