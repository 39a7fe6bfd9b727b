"""Tables of TOML, changed: how a scenario says in a few keys what is different in its policy."""

from collections.abc import Mapping, Sequence
from typing import Any


def without(tables: Mapping[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    """Tables of TOML without what stands at dotted paths. Raises KeyError with a path at which nothing does.

    >>> without({"a": {"b": 1, "c": 2}, "d": 3}, ["a.b", "d"])
    {'a': {'c': 2}}
    """
    left = dict(tables)
    for path in paths:
        name, _, deeper = path.partition(".")
        if name not in left or (deeper and not isinstance(left[name], Mapping)):
            raise KeyError(path)
        if deeper:
            left[name] = without(left[name], [deeper])
        else:
            del left[name]
    return left


def over(tables: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Tables of TOML with changes put over them, key by key.

    >>> over({"a": {"b": 1, "c": 2}}, {"a": {"b": 9}, "d": 3})
    {'a': {'b': 9, 'c': 2}, 'd': 3}
    """
    merged = dict(tables)
    for name, change in changes.items():
        both = isinstance(change, Mapping) and isinstance(merged.get(name), Mapping)
        merged[name] = over(merged[name], change) if both else change
    return merged
