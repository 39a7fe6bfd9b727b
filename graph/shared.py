"""What the judgements of one linkage have in common, whatever the agreement and the day; found once for all of them."""

from dataclasses import dataclass

from graph.closure import Closure
from graph.linkage import Linkage
from graph.policy import Policy
from graph.propagate import marked, passages
from graph.support import Supporters


@dataclass(frozen=True, slots=True)
class Shared:
    """closure: the categories of every node before any decision. supporters: who could support whom."""

    closure: Closure
    supporters: Supporters

    @classmethod
    def of(cls, linkage: Linkage, policy: Policy) -> "Shared":
        """That of a linkage."""
        links = linkage.links
        closure = Closure.of(marked(linkage.nodes.own, links, policy), passages(links, policy))
        return cls(closure, Supporters.of(linkage, policy))
