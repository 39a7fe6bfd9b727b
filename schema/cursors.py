"""Cursors: where a page ended, sealed, so that a partner can neither read nor make one.

AES-SIV (RFC 5297), which is deterministic: the same place in the same list is the same cursor. What a cursor belongs to
is its associated data (agreement, parent record, field, filter, order), so one from elsewhere does not open. What it
holds is the place's order key and id, so paging goes on in a later version, and where that record has gone.
"""

import base64
import binascii
from dataclasses import dataclass

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from graph.model import AgreementId
from schema.errors import Code, Refusal

Position = tuple[str, str, str]
"""An element's place in its list: positions compare as the elements are ordered. The last part is an id."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """The list that a cursor belongs to. parent: a record's id, or nothing for a list of the query itself.

    stated: the filter or the other arguments in their one canonical writing.
    """

    parent: str
    field: str
    stated: str = ""
    order: str = ""


class Cursors:
    """Seals and opens the cursors of one agreement. key: 32 bytes."""

    def __init__(self, key: bytes, agreement: AgreementId) -> None:
        self._cipher = AESSIV(key)
        self._agreement = agreement.encode()

    def seal(self, belonging: Belonging, position: Position) -> str:
        """The cursor of a place: letters, digits, `-` and `_`."""
        sealed = self._cipher.encrypt(msgspec.json.encode(position), self._bound_to(belonging))
        return _written(sealed)

    def open(self, belonging: Belonging, cursor: str) -> Position:
        """The place that a cursor of this list stands for. Raises Refusal BAD_CURSOR for anything else."""
        try:
            sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            opened = self._cipher.decrypt(sealed, self._bound_to(belonging))
        except (InvalidTag, binascii.Error, ValueError):
            raise Refusal(Code.BAD_CURSOR) from None
        # Base64 has several writings of some bytes; a cursor has one.
        if _written(sealed) != cursor:
            raise Refusal(Code.BAD_CURSOR)
        kind, key, id = msgspec.json.decode(opened, type=tuple[str, str, str])
        return kind, key, id

    def _bound_to(self, belonging: Belonging) -> list[bytes]:
        parts = (belonging.parent, belonging.field, belonging.stated, belonging.order)
        return [self._agreement, *(part.encode() for part in parts)]


def _written(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode("ascii")
