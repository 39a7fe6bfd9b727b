"""What a scenario says, as frozen values: holdings, rules and days in steps, and all that is to come of each step."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.agreement import Agreement
from graph.model import AgreementId
from graph.policy import Policy

HELD_BACK = "held_back"
"""Why something is not released that nothing withholds: an open file holds additions back (DESIGN 3)."""


class Why(NamedTuple):
    """One cause. reason: a category, a word of scope, `support`, or the ground of a link's or property's own cause.

    bearer: the record or link that it comes from; None where that is what is withheld itself.
    """

    reason: str
    bearer: str | None = None

    def __str__(self) -> str:
        """As it is written in a scenario."""
        return self.reason if self.bearer is None else f"{self.reason}<{self.bearer}"


class ShownValue(NamedTuple):
    """One value of a released subject, with the released documents that assert it, by id."""

    name: str
    value: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be shown of one released record or link. fields: None for one that is absent.

    values: all that the subject shows. sources: all that the link shows. None: that is not said.
    """

    fields: Mapping[str, str | None] = field(default_factory=dict)
    values: tuple[ShownValue, ...] | None = None
    sources: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """All that one agreement may see, and why not the rest. Ids are those of the holdings.

    withheld: every other record that is held, and every link that is withheld for more than an end; properties, asked
    for as SUBJECT#name=value, where that is said.
    """

    records: frozenset[str]
    links: frozenset[str]
    withheld: Mapping[str, frozenset[Why]]
    shown: Mapping[str, Shown]


@dataclass(frozen=True, slots=True)
class Step:
    """One load and one publication. day: an ordinal. rejects: how many of the lines cannot be stored.

    accept: somebody accepts going on without rejected lines.
    """

    why: str
    day: int
    lines: tuple[bytes, ...]
    rejects: int
    accept: bool
    expected: Mapping[AgreementId, Expected]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario file. name: its path as people read it. policy_tables, agreement_tables: as TOML states them."""

    name: str
    rule: str
    why: str
    source: str
    policy: Policy
    agreements: Mapping[AgreementId, Agreement]
    steps: tuple[Step, ...]
    policy_tables: Mapping[str, object]
    agreement_tables: Mapping[str, Mapping[str, object]]
