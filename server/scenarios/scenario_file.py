"""A scenario file: TOML becomes a scenario, or every mistake in it with its path.

It reads no file itself: the rules that a scenario is judged by, where it states none, are given, and so is a way to the
policy file that it may name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import msgspec

from graph.agreement import Agreement, agreement_of
from graph.errors import CaselinkError, PolicyError
from graph.model import AgreementId
from graph.policy import Policy
from graph.policy_file import policy_of, read_toml
from graph.strict import read_table
from server.scenarios.expectation import Expecting, reasons_of
from server.scenarios.notation import Notation, digits_of
from server.scenarios.scenario import Expected, Scenario, Step
from server.scenarios.tables import over, without

DAY: Final = date(2026, 11, 24)
"""The day of a scenario that states none: always the same, so that no scenario fails because time goes by."""

NUMBERS: Final = "AA00-####"
PARTNER: Final = "partner"
AT_FIRST: Final = "at first"
_DEFAULTS: Final = {
    "partner": "The partner of a scenario",
    "effective": date(2000, 1, 1),
    "expires": date(2100, 1, 1),
    "kinds": ["case", "document", "subject"],
    "caveat": "A scenario.",
}

Tables = Mapping[str, Any]


class ScenarioError(CaselinkError):
    """A scenario file that cannot be read: each mistake with its path."""

    def __init__(self, name: str, mistakes: list[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(f"{name} is no scenario. Mend:" + "".join(f"\n  {mistake}" for mistake in mistakes))


class FirstTable(msgspec.Struct, frozen=True):
    """The file itself: what is so in all steps, and the first of them."""

    rule: str
    why: str
    source: str
    expect: dict[str, Any]
    load: str = ""
    day: date = DAY
    rejects: int = 0
    accept: bool = False
    policy: dict[str, Any] | str = {}
    without: list[str] = []
    numbers: str = NUMBERS
    agreements: dict[str, Any] = msgspec.field(default_factory=lambda: {PARTNER: {}})
    then: list[dict[str, Any]] = []


class ThenTable(msgspec.Struct, frozen=True):
    """One of `then`: a later step."""

    why: str
    expect: dict[str, Any]
    load: str = ""
    day: date | None = None
    rejects: int = 0
    accept: bool = False


_STAND_IN: Final = FirstTable(rule="-", why="-", source="-", expect={})
_STAND_IN_THEN: Final = ThenTable(why="-", expect={})


def read_scenario(text: str, name: str, default_policy: Tables, beside: Callable[[str], str]) -> Scenario:
    """The scenario that a TOML text states. Raises ScenarioError with every mistake found.

    default_policy: the policy's tables where it states none. beside: the text of a file that it names.
    """
    try:
        tables = read_toml(text, name)
    except PolicyError as error:
        raise ScenarioError(name, list(error.mistakes)) from None
    mistakes: list[str] = []
    raw = read_table(FirstTable, tables, "", mistakes, stand_in=_STAND_IN)
    scenario = None if raw is None else _Reading(name, raw, mistakes).scenario(default_policy, beside)
    if scenario is None or mistakes:
        raise ScenarioError(name, mistakes)
    return scenario


@dataclass(slots=True)
class _Reading:
    """One reading of a file: each part is read whatever is wrong with the others."""

    name: str
    raw: FirstTable
    mistakes: list[str]

    def scenario(self, default_policy: Tables, beside: Callable[[str], str]) -> Scenario | None:
        raw = self.raw
        self._words()
        tables = self._policy_tables(default_policy, beside)
        policy = None if tables is None else self._policy(tables)
        if tables is None or policy is None:
            return None
        stated = {id: self._agreement_tables(id, beside) for id in raw.agreements}
        agreements = dict(self._agreements(stated, policy))
        return Scenario(
            name=self.name,
            rule=raw.rule,
            why=raw.why,
            source=raw.source,
            policy=policy,
            agreements=agreements,
            steps=tuple(self._steps(policy)),
            policy_tables=tables,
            agreement_tables=stated,
        )

    def _words(self) -> None:
        raw = self.raw
        self.mistakes += [
            f"{key}: empty; say in a sentence what the scenario stands for"
            for key in ("rule", "why", "source")
            if not getattr(raw, key).strip()
        ]
        if not raw.agreements:
            self.mistakes.append("agreements: empty; leave it out for one agreement called partner")
        if wrong := digits_of(raw.numbers):
            self.mistakes.append(f"numbers: {wrong}")

    # --- rules ---

    def _policy_tables(self, default_policy: Tables, beside: Callable[[str], str]) -> Tables | None:
        stated = self.raw.policy
        try:
            tables = (
                read_toml(beside(stated), stated) if isinstance(stated, str) else over(default_policy, stated)
            )
            return without(tables, self.raw.without)
        except PolicyError as error:
            self.mistakes += (f"policy: {mistake}" for mistake in error.mistakes)
        except CaselinkError as error:
            self.mistakes.append(f"policy: {error}")
        except KeyError as missing:
            self.mistakes.append(f"without: the policy has no {missing.args[0]}")
        return None

    def _policy(self, tables: Tables) -> Policy | None:
        try:
            return policy_of(tables)
        except PolicyError as error:
            self.mistakes += (f"policy.{mistake}" for mistake in error.mistakes)
        return None

    def _agreement_tables(self, id: str, beside: Callable[[str], str]) -> Tables:
        """What is stated, with the rest filled in; or an agreement file, as it is."""
        stated = self.raw.agreements[id]
        if isinstance(stated, Mapping):
            return {"id": id, **_DEFAULTS, **stated}
        try:
            if isinstance(stated, str):
                return read_toml(beside(stated), stated)
            self.mistakes.append(f"agreements.{id}: expected a table, or the path of an agreement file")
        except PolicyError as error:
            self.mistakes += (f"agreements.{id}: {mistake}" for mistake in error.mistakes)
        except CaselinkError as error:
            self.mistakes.append(f"agreements.{id}: {error}")
        return {}

    def _agreements(
        self, stated: Mapping[str, Tables], policy: Policy
    ) -> Iterator[tuple[AgreementId, Agreement]]:
        for id, tables in stated.items():
            if not tables:
                continue
            try:
                agreement = agreement_of(tables, policy, self.name)
                if agreement.id == id:
                    yield agreement.id, agreement
                else:
                    self.mistakes.append(
                        f"agreements.{id}: the file has the id {agreement.id}; call it so here"
                    )
            except PolicyError as error:
                self.mistakes += (f"agreements.{id}.{mistake}" for mistake in error.mistakes)

    # --- steps ---

    def _steps(self, policy: Policy) -> Iterator[Step]:
        raw, day = self.raw, self.raw.day
        numbers = NUMBERS if digits_of(raw.numbers) else raw.numbers
        notation = Notation(policy, sorted(raw.agreements) or [PARTNER], numbers)
        yield self._step(
            "", ThenTable(AT_FIRST, raw.expect, raw.load, day, raw.rejects, raw.accept), day, notation
        )
        for place, table in enumerate(raw.then):
            path = f"then[{place}]"
            then = (
                read_table(ThenTable, table, path, self.mistakes, stand_in=_STAND_IN_THEN) or _STAND_IN_THEN
            )
            if then.day is not None and then.day < day:
                self.mistakes.append(f"{path}.day: is before that of the step before it")
            day = then.day or day
            yield self._step(f"{path}.", then, day, notation)

    def _step(self, path: str, table: ThenTable, day: date, notation: Notation) -> Step:
        lines = notation.lines(table.load, f"{path}load", self.mistakes)
        return Step(
            why=table.why,
            day=day.toordinal(),
            lines=lines,
            rejects=table.rejects,
            accept=table.accept,
            expected=dict(self._expected(f"{path}expect", table.expect, notation)),
        )

    def _expected(
        self, path: str, tables: Mapping[str, object], notation: Notation
    ) -> Iterator[tuple[AgreementId, Expected]]:
        agreements = self.raw.agreements
        self.mistakes += [
            f"{path}.{id}: missing; say what it may see" for id in agreements if id not in tables
        ]
        self.mistakes += [f"{path}.{id}: no agreement is called so" for id in tables if id not in agreements]
        expecting = Expecting(reasons_of(notation.policy), notation.loaded)
        for id in agreements:
            if id in tables:
                read = expecting.read(tables[id], f"{path}.{id}", self.mistakes)
                if read is not None:
                    yield AgreementId(id), read
