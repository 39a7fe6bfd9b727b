"""For whom of the office a record exists at all: categories may have a list of readers (DESIGN 6).

A record that has such a category, of its own or carried to it, in the closure without clearances and consents, does not
exist for who is not on the list: nor do its links, the places where it is named as a source, and decisions about it.
Whatever he is told is told of the survey that is left, which is gathered and judged by itself. One bit alone comes from
the whole: whether something is released. Where that bit is another one than what is left would give, the reason is told
in words that name nothing (`NOT_SHOWN`).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from graph.model import AgreementId, EntryId
from graph.officer import Officer
from graph.survey import Survey

NOT_SHOWN: Final = "for a reason not shown to you"


@dataclass(frozen=True, slots=True)
class Audience:
    """whole: all that is held. seen: what the reader may know of; the same one where that is all."""

    whole: Survey
    seen: Survey

    @classmethod
    def of(cls, survey: Survey, officer: Officer) -> "Audience":
        """What an officer may know of. (Lists of readers come with the policy's next key: until then it is all.)"""
        del officer
        return cls(survey, survey)

    def releases_record(self, agreement: AgreementId, id: EntryId) -> bool:
        """Whether a record that is seen is released under the agreement."""
        judgement = self.whole.judgement(agreement)
        node = self.whole.linkage.node_of.get(id)
        return node is not None and bool(judgement.released[node])

    def released(self, agreement: AgreementId) -> int:
        """How many records are released."""
        return int(np.count_nonzero(self.whole.judgement(agreement).released))
