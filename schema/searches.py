"""A search as the schema shows it: records of any kind, the best matches first."""

from collections.abc import Sequence
from dataclasses import dataclass

from strawberry import UNSET

from graph.late_index import IndexLate
from graph.matches import Found, Matches
from graph.release import ReleasedRecord
from graph.search_index import query_words, too_many
from graph.view import View
from schema.context import Asking
from schema.cursors import Belonging, Position
from schema.errors import Code, Refusal
from schema.filters import given, stated
from schema.links import RecordKind
from schema.paging import Cut, Page, cut_page


@dataclass(frozen=True, slots=True)
class AskedSearch:
    """A page of the records that match words. kinds: None is no condition."""

    words: Sequence[str]
    kinds: list[RecordKind] | None
    belonging: Belonging
    cut: Cut

    @classmethod
    def of(
        cls,
        text: str,
        kinds: list[RecordKind] | None = UNSET,
        first: int | None = UNSET,
        after: str | None = UNSET,
    ) -> "AskedSearch":
        """By the arguments of the field. Raises Refusal."""
        words, wanted = query_words(text), given(kinds)
        if too_many(words):
            raise Refusal(Code.BAD_ARGUMENT)
        belonging = Belonging("", "search", stated({"words": words, "kinds": wanted}))
        return cls(words, wanted, belonging, Cut.of(first, after))

    def whole(self, asking: Asking) -> Matches:
        """All records that match. Raises Refusal and OutOfTime."""
        kinds = None if self.kinds is None else frozenset(kind.value for kind in self.kinds)
        try:
            return asking.view.search(self.words, kinds, asking.deadline.check)
        except IndexLate:
            raise Refusal(Code.SEARCH_NOT_READY) from None

    def page(self, asking: Asking) -> Page[Found]:
        """The page of these records. Raises Refusal."""
        return cut_page(self.whole(asking), found_position, self.cut, asking.cursors, self.belonging)


def found_position(found: Found) -> Position:
    """The place in its list of a record that was found."""
    return str(found.tier), found.rank, found.id


def records_of(view: View, page: Page[Found]) -> list[ReleasedRecord]:
    """The records of a page."""
    return [view.end(found.id) for found in page.shown]
