"""What an answer gives away, for the audit log: the opaque ids of the records and links that it has (DESIGN 7).

One rule for every executor: an id is noted where the answer has an object of a type that is a `Node`, be nothing but
`__typename` asked of it; and where its id stands in the answer without such an object, as that of a withdrawn record
in `changes` does. The first is the executor's to note, where it writes the object: graphql-core's in `NotingExecutor`,
a compiled plan in its own code. The second is the resolver's. A record that was only counted, filtered or sorted is
not noted: of counts, flags and cursors the log has the query. Noting too much is as wrong as noting too little, but
for one case: where a field fails, what was found beside it and is dropped from the answer with it may have been noted.
"""

from itertools import chain
from typing import Any, Final, Protocol

from graphql import Executor, GraphQLLeafType, GraphQLObjectType

from graph.model import OpaqueId

NODE: Final = "Node"


class Identified(Protocol):
    """What has an id: a record, a link, and what stands for a record that has gone."""

    @property
    def id(self) -> OpaqueId:
        """It."""


class KeptIds(tuple[OpaqueId, ...]):
    """The ids of a list that is kept (`schema.told`), each once: who tells it again has this very object again."""

    __slots__ = ()


class Disclosed:
    """The ids of one answer, while it is made. Noting an id again changes nothing."""

    def __init__(self) -> None:
        noted: list[Identified] = []
        self._noted = noted
        self.note = noted.append
        """Note the id of one element. A bound method of a list: a plan may keep it in a local name."""
        self.note_all = noted.extend
        """Note those of several elements, of a page say."""
        self._before: list[tuple[OpaqueId, ...]] = []
        """What was noted before `_noted`."""

    def note_list(self, ids: tuple[OpaqueId, ...]) -> None:
        """Note several ids, each of which is there once."""
        if self._noted:
            self._before.append(tuple([noted.id for noted in self._noted]))
            self._noted.clear()
        self._before.append(ids)

    def ids(self) -> tuple[OpaqueId, ...]:
        """Each id once, in the order in which they were noted first."""
        if not self._noted and len(self._before) == 1:
            return self._before[0]
        ids = [*chain(*self._before), *[noted.id for noted in self._noted]]
        is_each_once = len(set(ids)) == len(ids)  # mostly; to see that takes half as long as to make it so
        return tuple(ids if is_each_once else dict.fromkeys(ids))


class NotingExecutor(Executor[Any]):
    """graphql-core's executor. It notes each object of a `Node` type as it puts it into the answer, in bounds.

    The context has the request's `disclosed`, `deadline` and `texts`; what a resolver gives for a `Node` has its `id`.
    """

    def complete_object_value(self, return_type: GraphQLObjectType, *others: Any) -> Any:
        """As graphql-core does it. others: field details, info, path, what the resolver gave, position."""
        self.context_value.deadline.check()
        if is_node(return_type):
            self.context_value.disclosed.note(others[3])
        return super().complete_object_value(return_type, *others)

    def complete_leaf_value(self, return_type: GraphQLLeafType, result: Any) -> Any:  # type: ignore[override]
        """As graphql-core does it."""
        leaf = super().complete_leaf_value(return_type, result)
        if isinstance(leaf, str):
            self.context_value.texts.take(len(leaf))
        return leaf


def is_node(type: GraphQLObjectType) -> bool:
    """Whether objects of this type are noted."""
    return any(interface.name == NODE for interface in type.interfaces)
