"""What would be released if some of what withholds were not there: asked of one judgement, by the same rules.

It is a supposition and no decision: nothing is changed. What a line would say instead, such as a support that is not
held, it cannot know.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from graph.closure import Closure
from graph.explaining.inquiry import Inquiry
from graph.judge import may_open
from graph.linkage import Bools, Words
from graph.scope import Out
from graph.shares import counted
from graph.support import Supporters, support


@dataclass(frozen=True, slots=True)
class Gain:
    """How many records. frees: in scope, and no category would withhold them any more. releases: would be released.

    `releases` may be less, where what is freed still lacks support, or more, where what is freed supports others.
    """

    frees: int
    releases: int


class Supposing:
    """Suppositions about one judgement."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry = inquiry
        judgement = inquiry.judgement
        self._categories = judgement.categories
        self._closure = Closure.of(inquiry.basis.own, inquiry.basis.passages)
        self.supporters = Supporters.of(inquiry.linkage, inquiry.policy)
        in_scope = (judgement.out & ~int(Out.SUPPORT)) == 0
        self.in_scope: Bools = in_scope & counted(judgement, inquiry.policy)

    def own(self, own: Words) -> Gain:
        """If the records' own categories were these, each some of those that they have."""
        return self.gain(self._closure.without(own, self._closure.passages))

    def nothing_along(self, links: Bools) -> Gain:
        """If these links carried nothing."""
        return self.gain(self.categories_without(links))

    def categories_without(self, links: Bools) -> Words:
        """The categories of every record, if these links carried nothing."""
        own, passages = self._closure.own, self._closure.passages
        word = np.where(links[passages.link], np.uint64(0), passages.word)
        return self._closure.without(own, replace(passages, word=word))

    def gain(self, categories: Words) -> Gain:
        """If the records had these categories, each some of those that it has."""
        freed = self.in_scope & (categories == 0)
        count = int(np.count_nonzero(freed & (self._categories != 0)))
        return Gain(count, self._released(freed) if count else 0)

    def _released(self, eligible: Bools) -> int:
        inquiry = self._inquiry
        then = support(inquiry.linkage, self.supporters, eligible, self.may_open).released
        return int(np.count_nonzero(then & ~inquiry.judgement.released))

    @cached_property
    def may_open(self) -> Bools:
        """By link: it lacks nothing but, perhaps, a released source (R8)."""
        inquiry = self._inquiry
        own = inquiry.judgement.own_links
        return may_open(inquiry.linkage.links, inquiry.policy, inquiry.agreement, own)
