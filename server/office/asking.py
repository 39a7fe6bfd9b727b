"""What surrounds an officer's question: the current survey, what of it he may know, and how his cursors are sealed."""

import time
from dataclasses import dataclass
from functools import partial

from graph.model import AgreementId
from graph.office.audience import Audience
from graph.officer import Officer
from schema.cursors import Cursors
from schema.deadline import Deadline
from schema.limits import Limits
from schema.office.archive import Archive
from schema.office.context import Asking
from schema.office.desk_door import DeskDoor
from schema.office.link import link_of
from schema.office.record import record_of
from schema.office.review_door import ReviewDoor
from server.office.surveying import Surveying


@dataclass(frozen=True, slots=True)
class OfficeAsking:
    """cursor_key: 32 bytes; cursors are bound to the user who was given them, so that they tell another one nothing.

    door: to the desk; reviews: to reviewing.
    """

    surveying: Surveying
    archive: Archive
    cursor_key: bytes
    limits: Limits
    door: DeskDoor
    reviews: ReviewDoor

    def __call__(self, officer: Officer) -> Asking:
        """Raises StoreError and PolicyError."""
        audience = Audience.of(self.surveying.current(), officer)
        return Asking(
            officer=officer,
            audience=audience,
            cursors=Cursors(self.cursor_key, AgreementId(f"office\0{officer.person}")),
            deadline=Deadline(time.monotonic, self.limits.seconds),
            index=partial(self.surveying.index, audience.seen),
            archive=self.archive,
            make_record=record_of,
            make_link=link_of,
            door=self.door,
            reviews=self.reviews,
            renew=lambda: Audience.of(self.surveying.renew(), officer),
        )
