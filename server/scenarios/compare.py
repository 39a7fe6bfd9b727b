"""What came of a scenario against what it expects: every difference, for each agreement and step. Nothing is judged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from graph.explaining.causes import Cause
from graph.model import AgreementId, OpaqueId
from graph.release import Content, ReleasedLink, ReleasedRecord, ReleasedSubject
from server.scenarios.run import Came, Outcome, run
from server.scenarios.scenario import Expected, Scenario, Shown, ShownValue, Step

RELEASED = "released"


@dataclass(frozen=True, slots=True)
class Differing:
    """One difference. step: counted from 0. agreement: None where it is that of the load. expected, came: as it reads.

    causes: why what came is withheld.
    """

    step: int
    step_why: str
    agreement: AgreementId | None
    element: str
    expected: str
    came: str
    causes: tuple[Cause, ...] = ()


def differences(scenario: Scenario) -> list[Differing]:
    """Every difference of a scenario; none for one that holds."""
    return list(_differences(scenario))


def _differences(scenario: Scenario) -> Iterator[Differing]:
    for number, (step, outcome) in enumerate(zip(scenario.steps, run(scenario), strict=True)):
        if len(outcome.rejected) != step.rejects:
            yield _of_load(number, step, outcome)
            return
        for agreement, came in outcome.came.items():
            for element, expected, found, causes in _of_agreement(step.expected[agreement], came):
                yield Differing(number, step.why, agreement, element, expected, found, causes)


def _of_load(number: int, step: Step, outcome: Outcome) -> Differing:
    """Lines were rejected that should not be, or the other way round: all else would differ for that alone."""
    told = "; ".join(f"{r.text.decode()}: at {r.path}: {r.sentence}" for r in outcome.rejected)
    came = f"{len(outcome.rejected)} rejected" + (f": {told}" if told else "")
    return Differing(number, step.why, None, "rejected lines", f"{step.rejects} rejected", came)


_Told = tuple[str, str, str, tuple[Cause, ...]]


def _of_agreement(expected: Expected, came: Came) -> Iterator[_Told]:
    content = came.content
    yield from _of_elements("record", expected.records, content.records, expected, came)
    yield from _of_elements("link", expected.links, content.links, expected, came)
    wanted, found = expected.withheld, came.withheld
    for id in sorted(wanted.keys() | found.keys()):
        if wanted.get(id) != found.get(id) and not _is_told(id, expected, content):
            yield id, _verdict(id, wanted), _verdict(id, found), came.causes.get(id, ())
    for id, shown in expected.shown.items():
        yield from ((*told, ()) for told in _of_shown(id, shown, content))


def _of_elements(
    kind: str, wanted: frozenset[str], released: Mapping[Any, object], expected: Expected, came: Came
) -> Iterator[_Told]:
    """Those that are released and should not be, and the other way round."""
    for id in sorted(wanted ^ released.keys()):
        causes = came.causes.get(id, ())
        if id in wanted:
            yield id, RELEASED, _verdict(id, came.withheld, f"no such {kind} is released"), causes
        else:
            yield id, _verdict(id, expected.withheld, f"no such {kind} is released"), RELEASED, causes


def _is_told(id: str, expected: Expected, content: Content) -> bool:
    """Whether it is expected to be released and is not, or the other way round: that is told already."""
    wanted, came = expected.records | expected.links, content.records.keys() | content.links.keys()
    return (id in wanted) != (id in came)


def _verdict(id: str, withheld: Mapping[str, frozenset[Any]], otherwise: str = "nothing withholds it") -> str:
    whys = withheld.get(id)
    return otherwise if whys is None else f"withheld: {' '.join(sorted(map(str, whys)))}"


def _of_shown(id: str, shown: Shown, content: Content) -> Iterator[tuple[str, str, str]]:
    element = content.records.get(OpaqueId(id)) or content.links.get(OpaqueId(id))
    if element is None:
        return
    found = msgspec.to_builtins(element)
    for name, wanted in shown.fields.items():
        if found.get(name) != wanted:
            yield f"{id} {name}", _text(wanted), _text(found.get(name))
    if shown.values is not None:
        yield from _if_other(f"{id} properties", _values(shown.values), _values(_values_of(element)))
    if shown.sources is not None:
        came = sorted(element.sources) if isinstance(element, ReleasedLink) else []
        yield from _if_other(f"{id} sources", ", ".join(shown.sources), ", ".join(came))


def _if_other(element: str, expected: str, came: str) -> Iterator[tuple[str, str, str]]:
    if expected != came:
        yield element, expected or "none", came or "none"


def _values_of(element: ReleasedRecord | ReleasedLink) -> tuple[ShownValue, ...]:
    if not isinstance(element, ReleasedSubject):
        return ()
    values = (ShownValue(v.name, v.value, tuple(sorted(v.sources))) for v in element.properties)
    return tuple(sorted(values))


def _values(values: tuple[ShownValue, ...]) -> str:
    return ", ".join(f"{v.name}={_text(v.value)}@{','.join(v.sources)}" for v in values)


def _text(value: object) -> str:
    return "absent" if value is None else msgspec.json.encode(value).decode()
