"""What rests on each record, by which it is reviewed sooner: what it holds back, and whether some partner has it."""

from dataclasses import dataclass

import numpy as np

from graph.linkage import NEVER_LOADED, Bools, Ints
from graph.office.survey import Survey
from graph.sole_source import sole_sources


@dataclass(frozen=True, slots=True)
class Bearing:
    """By node. others: how many other loaded records have all their categories from this one alone.

    released: whether some agreement has it.
    """

    others: Ints
    released: Bools

    @classmethod
    def of(cls, survey: Survey) -> "Bearing":
        """That of the records of a survey."""
        return cls(_others(survey), _released(survey))


def _others(survey: Survey) -> Ints:
    closure, nodes = survey.shared.closure, survey.linkage.nodes
    sole = sole_sources(closure.own, closure.words, closure.passages)
    held_back = (sole >= 0) & (sole != np.arange(len(sole))) & (nodes.kind != NEVER_LOADED)
    counts: Ints = np.bincount(sole[held_back], minlength=len(sole))
    return counts


def _released(survey: Survey) -> Bools:
    released = np.zeros(len(survey.linkage.nodes.ids), np.bool_)
    for agreement in survey.rules.agreements:
        released |= survey.judgement(agreement).released
    return released
