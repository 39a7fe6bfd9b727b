"""A verdict as one JSON object: all of it, every cause and chain (docs/explaining.md names each key)."""

from dataclasses import asdict
from datetime import date

from graph.explaining.causes import Cause, Step, Verdict


def verdict_json(verdict: Verdict, published: bool | None = None) -> dict[str, object]:
    """The verdict. published: whether the partner has it by now; None: that is not known."""
    standing = verdict.standing
    return {
        "id": verdict.asked,
        "kind": verdict.kind,
        "type": verdict.type,
        "ends": list(verdict.ends),
        "agreement": verdict.agreement,
        "partner": verdict.partner,
        "day": date.fromordinal(verdict.day).isoformat(),
        "released": verdict.released,
        "published": published,
        "causes": [_cause(cause) for cause in verdict.causes],
        "supporters": [_step(step) for step in standing.supporters],
        "support": [_step(step) for step in standing.support],
        "sources": list(standing.sources),
        "decisions": [asdict(needed) for needed in standing.decisions],
        "records": {id: asdict(note) for id, note in verdict.records.items()},
    }


def _cause(cause: Cause) -> dict[str, object]:
    fact = cause.fact
    return {
        "withholds": cause.withholds,
        "reason": fact.reason,
        "rules": list(cause.rules),
        "label": fact.label,
        "authority": fact.authority,
        "bearer": cause.bearer,
        "ground": fact.ground.value,
        "field": fact.field,
        "found": list(fact.found),
        "wanted": list(fact.wanted),
        "length": cause.length,
        "chain": None if cause.chain is None else [_step(step) for step in cause.chain],
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "link": step.link,
        "type": step.type,
        "from": step.head,
        "to": step.tail,
        "way": step.way.value,
        "reaches": step.taker,
        "astray": step.astray,
        "implied": step.implied,
    }
