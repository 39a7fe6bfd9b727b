"""An agreement (MOU): what one partner may receive, as data, validated against the policy that it is read under.

It only ever narrows what the rules release (R5, R8) and what is shown (R14 `omit`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from graph.days import in_period
from graph.errors import PolicyError
from graph.model import FIELDS, RECORD_KINDS, AgreementId, Kind
from graph.policy import Policy
from graph.policy_file import fingerprint, read_toml
from graph.policy_tables import RecordKind
from graph.strict import read_table

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

_REQUIRED = frozenset(("case.number", "document.number", "document.type", "subject.type"))
_LINK_MAY_LACK = frozenset(("link.role", "link.since", "link.until"))
_RECORDS_MAY_LACK = frozenset(
    f"{kind}.{name}"
    for kind, shown in (
        (Kind.CASE, (*FIELDS[Kind.CASE].text, "opened", "closed")),
        (Kind.DOCUMENT, (*FIELDS[Kind.DOCUMENT].text, "prepared")),
        (Kind.SUBJECT, FIELDS[Kind.SUBJECT].text),
    )
    for name in (*shown, "contact", "validated")
)


class _Agreement(msgspec.Struct, frozen=True):
    id: str
    partner: str
    effective: date
    expires: date
    kinds: list[RecordKind]
    caveat: str
    offices: list[str] | None = None
    case_status: list[str] | None = None
    programs: list[str] | None = None
    link_types: list[str] | None = None
    omit: list[str] = []
    purpose_required: bool = False
    suspended: bool = False


_STAND_IN = _Agreement(
    id="stand-in", partner="-", effective=date.min, expires=date.max, kinds=["case"], caveat="-"
)
"""Stands in for what cannot be read of an agreement, while the rest of it is looked at for more mistakes."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement. A list that is None stands for "any"; days are ordinals, `expires` the first day without."""

    id: AgreementId
    partner: str
    effective: int
    expires: int
    kinds: tuple[Kind, ...]
    caveat: str
    offices: frozenset[str] | None
    case_status: frozenset[str] | None
    programs: frozenset[str] | None
    link_types: frozenset[str] | None
    omit: frozenset[str]
    purpose_required: bool
    suspended: bool
    fingerprint: str

    def in_force(self, day: int) -> bool:
        """Whether anything may be shared on that day (R5)."""
        return not self.suspended and in_period(day, self.effective, self.expires)


def read_agreement(text: str, policy: Policy, source: str) -> Agreement:
    """The agreement that a TOML text states. Raises PolicyError with every mistake found."""
    return agreement_of(read_toml(text, source), policy, source)


def agreement_of(tables: Mapping[str, Any], policy: Policy, source: str) -> Agreement:
    """The agreement that TOML tables state. Raises PolicyError with every mistake found."""
    mistakes: list[str] = []
    raw = read_table(_Agreement, tables, "", mistakes, stand_in=_STAND_IN)
    mistakes += () if raw is None else _mistakes(raw, policy)
    if raw is None or mistakes:
        raise PolicyError(source, mistakes)
    return Agreement(
        id=AgreementId(raw.id),
        partner=raw.partner,
        effective=raw.effective.toordinal(),
        expires=raw.expires.toordinal(),
        kinds=tuple(kind for kind in RECORD_KINDS if kind in raw.kinds),
        caveat=raw.caveat,
        offices=_any_of(raw.offices),
        case_status=_any_of(raw.case_status),
        programs=_any_of(raw.programs),
        link_types=_any_of(raw.link_types),
        omit=frozenset(raw.omit),
        purpose_required=raw.purpose_required,
        suspended=raw.suspended,
        fingerprint=fingerprint(tables),
    )


def read_agreements(texts: Mapping[str, str], policy: Policy) -> dict[AgreementId, Agreement]:
    """Every agreement of a home, by id. texts: the TOML by file name. Ids that look alike are a mistake."""
    agreements: dict[AgreementId, Agreement] = {}
    stated_in: dict[str, str] = {}
    for source in sorted(texts):
        agreement = read_agreement(texts[source], policy, source)
        other = stated_in.setdefault(agreement.id.casefold(), source)
        if other != source:
            raise PolicyError(
                source, [f"id: {agreement.id} is, but for the case of its letters, the id in {other} too"]
            )
        agreements[agreement.id] = agreement
    return agreements


def _mistakes(raw: _Agreement, policy: Policy) -> Iterable[str]:
    if not _ID.fullmatch(raw.id):
        yield "id: at most 64 letters, digits, dots, dashes and underscores, the first a letter or digit"
    if raw.expires <= raw.effective:
        yield "expires: not after `effective`, so nothing would ever be shared; it is the first day without"
    if not raw.kinds:
        yield "kinds: empty; name at least one of case, document, subject, or suspend the agreement"
    for place, name in enumerate(raw.link_types or []):
        if name not in policy.links:
            yield f"link_types[{place}]: the policy has no link type {name}"
    for place, name in enumerate(raw.omit):
        if sentence := _cannot_omit(name, policy):
            yield f"omit[{place}]: {sentence}"


def _cannot_omit(name: str, policy: Policy) -> str | None:
    owner, _, field = name.partition(".")
    if name in _REQUIRED or (owner == "link" and field in ("type", "from", "to", "sources")):
        return f"the partner schema requires {name}; it cannot be left out"
    listed = policy.words["property"]
    is_property = owner == "property" and field != "" and (listed is None or field in listed)
    if is_property or name in _RECORDS_MAY_LACK or name in _LINK_MAY_LACK:
        return None
    return f"nothing that is shown is called {name}"


def _any_of(words: list[str] | None) -> frozenset[str] | None:
    return None if words is None else frozenset(words)
