"""A table of millions of rows that is as another one but for some: so a change costs what it changes, and not a copy.

The first table stays as it was made. What has changed since lies over it, and that alone is copied with each further
change. Once it has grown to a share of the table, both become one.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Final, TypeVar, overload

K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")

_SHARE: Final = 8
"""One of so many rows may be otherwise. What lies over the table is copied each time; to make both one takes a second
table for a while."""


class Amended(Mapping[K, V]):
    """under: stays. over: what is otherwise; None for what is there no more."""

    __slots__ = ("_count", "_over", "_under")

    def __init__(self, under: dict[K, V], over: dict[K, V | None], count: int) -> None:
        self._under, self._over, self._count = under, over, count

    def __getitem__(self, key: K) -> V:
        """The row. Raises KeyError."""
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    @overload
    def get(self, key: K, /) -> V | None: ...
    @overload
    def get(self, key: K, /, default: V | D) -> V | D: ...
    def get(self, key: K, /, default: V | D | None = None) -> V | D | None:
        """The row, or what stands for none."""
        if key in self._over:
            found = self._over[key]
            return default if found is None else found
        return self._under.get(key, default)

    def __len__(self) -> int:
        """How many rows there are."""
        return self._count

    def __iter__(self) -> Iterator[K]:
        """The keys, in no order that is told."""
        yield from (key for key in self._under if key not in self._over)
        yield from (key for key, row in self._over.items() if row is not None)

    def parts(self) -> tuple[dict[K, V], dict[K, V | None]]:
        """What stays, and a copy of what is otherwise."""
        return self._under, dict(self._over)


def amended(table: Mapping[K, V], gone: Collection[K], come: Mapping[K, V]) -> Mapping[K, V]:
    """The table without some rows and with others; the very same where there are none. It stays as it is.

    >>> table = {n: str(n) for n in range(100)}
    >>> later = amended(table, gone=[1, 2], come={2: "two", 100: "100"})
    >>> len(later), later.get(1), later[2], later[3], later[100], table[2]
    (100, None, 'two', '3', '100', '2')
    """
    if not gone and not come:
        return table
    under, over = table.parts() if isinstance(table, Amended) else (_own(table), {})
    count = len(table) - sum(key in table for key in {*gone, *come}) + len(come)
    over |= dict.fromkeys(gone)
    over |= come
    if len(over) * _SHARE <= len(under):
        return Amended(under, over, count)
    return _as_one(under, over)


def _as_one(under: dict[K, V], over: dict[K, V | None]) -> dict[K, V]:
    """Made in place of a copy, so that there is no third table meanwhile."""
    one = dict(under)
    for key, row in over.items():
        if row is None:
            one.pop(key, None)
        else:
            one[key] = row
    return one


def _own(table: Mapping[K, V]) -> dict[K, V]:
    """Nearly always the very same."""
    return table if isinstance(table, dict) else dict(table)
