"""When records were due, kept for those of which nothing is another that this was found by.

A day and a risk are found by what a record says and by what is found in it, by what reviewers said, and by how it
stands: its categories, whether it is released, and how many others it holds back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.model import EntryId
from graph.review.marks import Marks
from graph.review.queue import Due


@dataclass(frozen=True, slots=True)
class Dues:
    """looked: by record, what was found in it. said: all that is held. ids: of the nodes. stood: by node, its standing.

    What is the very same object as before is as it was.
    """

    reviews: Mapping[EntryId, Due]
    looked: Mapping[EntryId, object]
    marks: Mapping[EntryId, Marks]
    said: Mapping[EntryId, object]
    ids: list[EntryId]
    stood: tuple[npt.NDArray[Any], ...]

    def kept(self, now: "Dues") -> dict[EntryId, Due]:
        """Those that are as they were. now: by what they are found now."""
        count = len(self.ids)
        if now.ids[:count] != self.ids:  # the nodes are numbered anew
            return {}
        same = np.ones(count, np.bool_)
        for then, stands in zip(self.stood, now.stood, strict=True):
            same &= then == stands[:count]
        as_before = {id for id, still in zip(self.ids, same.tolist(), strict=True) if still}
        return {
            id: due
            for id, due in self.reviews.items()
            if id in as_before
            and now.looked.get(id) is self.looked.get(id)
            and now.said.get(id) is self.said.get(id)
            and now.marks.get(id) == self.marks.get(id)
        }
