"""What the texts of an answer take is counted as they are told: one that is too long is given up before it is there.

`limits.cost` bounds the objects of an answer and not their texts: a long one may be told with each of many records that
lead to it. What is counted is never more than the body has, whose length decides (`server.partner.bodies`): what is
given up here would be refused there, in the same words. Plans count narratives, synopses and lists that are kept as
JSON; graphql-core, which is the slower one, every text.
"""

import msgspec
import orjson


class TooLong(Exception):
    """The answer has more bytes than an answer may have."""


class LongTexts:
    """Of one answer. most: bytes that it may have. passed: whether someone has seen that it has more."""

    def __init__(self, most: int) -> None:
        self._most = self._left = most
        self.passed = False

    def anew(self) -> "LongTexts":
        """Those of another one, of which nothing has been told."""
        return LongTexts(self._most)

    def take(self, size: int) -> None:
        """Count so many bytes. Raises TooLong."""
        self._left -= size
        if self._left < 0:
            self.passed = True
            raise TooLong

    def tell(self, text: str | None) -> msgspec.Raw | None:
        """A text that may be long, for `schema.writing`: written by orjson, which is quick at those. Raises TooLong."""
        if text is None:
            return None
        told = orjson.dumps(text)
        self.take(len(told))
        return msgspec.Raw(told)
