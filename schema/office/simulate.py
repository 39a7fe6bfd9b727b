"""What a change would let partners have and take from them, tried before anybody saves it.

A change is tried of what the reader may know of. A whole line may be tried by who may know of everything alone: what
becomes of a line depends on what is held under its id.
"""

import strawberry

from graph.model import AgreementId, EntryId
from graph.supposition import Supposition, kinds_of_lines
from schema.errors import Code, Refusal
from schema.office.context import Asking, Info
from schema.office.effects import Effect, effects_of
from schema.office.refusal import OfficeCode, OfficeRefusal

_MOST = 100


@strawberry.input
class SupposedChange:
    """record: the id of a record or a link, with other codes, or deleted; or line: a line of JSON Lines instead."""

    record: strawberry.ID | None = None
    access_codes: list[str] | None = None
    delete: bool | None = None
    line: str | None = None


@strawberry.type
class SimulateQuery:
    """Trying a change."""

    @strawberry.field
    def simulate(
        self, info: Info, changes: list[SupposedChange], agreements: list[strawberry.ID] | None = None
    ) -> list[Effect]:
        """By agreement, where there is any effect. Nothing is written."""
        asking = info.context
        if not 0 < len(changes) <= _MOST:
            raise Refusal(Code.BAD_ARGUMENT)
        tried = [one for change in changes if (one := _supposed(asking, change)) is not None]
        found = asking.archive.simulated(tried) if tried else []
        wanted = None if agreements is None else set(map(AgreementId, agreements))
        chosen = [each for each in found if wanted is None or each.agreement in wanted]
        return effects_of(asking, chosen, kinds_of_lines(tried))


def _supposed(asking: Asking, change: SupposedChange) -> Supposition | None:
    """None where there is nothing for this reader that would be changed."""
    if (change.record is None) == (change.line is None):
        raise Refusal(Code.BAD_ARGUMENT)
    if change.line is not None:
        if not asking.audience.sees_all:
            raise OfficeRefusal(OfficeCode.FORBIDDEN)
        return Supposition(line=change.line)
    about = EntryId(change.record or "")
    if asking.seen.record(about) is None and asking.seen.link(about) is None:
        return None
    codes = None if change.access_codes is None else tuple(change.access_codes)
    return Supposition(about=about, codes=codes, delete=bool(change.delete))
