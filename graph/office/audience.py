"""For whom of the office a record exists at all: categories may have a list of readers (DESIGN 6).

A record that has such a category, of its own or carried to it, in the closure without clearances and consents, does not
exist for who is not on the list: nor do its links, the places where it is named as a source, and decisions about it.
Whatever he is told is told of the survey that is left, which is gathered and judged by itself (`graph.office.cutting`).
One bit alone comes from the whole: whether something is released. Where that bit is another one than what is left would
give, the reason is told in words that name nothing (`NOT_SHOWN`).
"""

from dataclasses import dataclass
from typing import Final

from graph.explaining.property import causes_of_property, stated_as
from graph.model import AgreementId, EntryId
from graph.office.cutting import cut_down
from graph.office.survey import Survey
from graph.officer import Officer

NOT_SHOWN: Final = "for a reason not shown to you"


@dataclass(frozen=True, slots=True)
class Audience:
    """whole: all that is held. seen: what the reader may know of; the same one where that is all."""

    whole: Survey
    seen: Survey

    @classmethod
    def of(cls, survey: Survey, officer: Officer) -> "Audience":
        """What an officer may know of."""
        hidden = survey.rules.policy.hidden_from(officer.person)
        return cls(survey, survey.part(hidden, cut_down) if hidden else survey)

    @property
    def sees_all(self) -> bool:
        """Whether nothing is kept from this reader."""
        return self.seen is self.whole

    def releases_record(self, agreement: AgreementId, id: EntryId) -> bool:
        """Whether a record that is seen is released under the agreement."""
        node = self.whole.linkage.node_of.get(id)
        return node is not None and bool(self.whole.judgement(agreement).released[node])

    def releases_link(self, agreement: AgreementId, id: EntryId) -> bool:
        """Whether a link that is seen is released."""
        place = self.whole.place_of_link(id)
        return place is not None and bool(self.whole.judgement(agreement).links[place])

    def releases_property(self, agreement: AgreementId, subject: EntryId, reading: str) -> bool:
        """Whether a value is released. reading: `name=value`, as an explanation is asked for it."""
        if not self.releases_record(agreement, subject):
            return False
        inquiry = self.whole.inquiry(agreement)
        stated = stated_as(inquiry.line(subject), reading)
        node = self.whole.linkage.node_of[subject]
        return bool(stated) and not causes_of_property(inquiry, f"{subject}#{reading}", node, stated)
