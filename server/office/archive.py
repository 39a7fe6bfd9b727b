"""What the office's answers need beyond the survey: releases, names, dossiers and logs. It only reads."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from graph.dossier import DRAWER, Dossier, dossier_of
from graph.draft import Moment, Rules
from graph.effect import Effect
from graph.exporting import known_names
from graph.history import Past
from graph.keys import naming
from graph.model import AgreementId, EntryId, OpaqueId
from graph.office.survey import Survey
from graph.policy import Policy
from graph.publish import Publisher
from graph.supposition import Supposition
from server.commands.columns import WIDTH
from server.commands.policy_text import policy_lines
from server.office.simulating import simulated

Line = Mapping[str, Any]
_Known = dict[AgreementId, Mapping[OpaqueId, EntryId]]


class Logs(Protocol):
    """What was told to partners and to officers, and what the office has done."""

    def disclosures(self, id: EntryId) -> Sequence[Line]:
        """Each line that tells of an answer to a partner with this record."""

    def done(self, shown: Callable[[Line], bool]) -> Sequence[Line]:
        """Of the office's own logs the latest of the lines that are shown; each says in `log` of which."""


class OfficeArchive:
    """`schema.office.archive.Archive` of one agency. reading: a publisher that writes nothing.

    rules, moment: as they are now, to try changes by.
    """

    def __init__(
        self, reading: Publisher, logs: Logs, rules: Callable[[], Rules], moment: Callable[[], Moment]
    ) -> None:
        self._reading = reading
        self._rules = rules
        self._moment = moment
        self._logs = logs
        self._lock = threading.Lock()
        self._names: WeakKeyDictionary[Survey, _Known] = WeakKeyDictionary()
        self._last: dict[tuple[AgreementId, int], Mapping[OpaqueId, EntryId]] = {}
        self._pasts: dict[AgreementId, tuple[str, Past]] = {}

    def past(self, agreement: AgreementId) -> Past:
        """How a release became what it is; read again when it is another one."""
        header = self._reading.releases.header(agreement)
        if header is None:
            return Past()
        stamp = f"{header.version} {header.published_at}"
        known = self._pasts.get(agreement)
        if known is None or known[0] != stamp:
            known = self._pasts[agreement] = (stamp, self._reading.releases.past(agreement))
        return known[1]

    def name(self, agreement: AgreementId, id: EntryId) -> OpaqueId | None:
        """The id of a record under an agreement; None where its release does not have it."""
        named = naming(self._reading.keys, agreement)(id)
        return named if named in self._reading.releases.elements(agreement, [named]).records else None

    def names(self, agreement: AgreementId, survey: Survey) -> Mapping[OpaqueId, EntryId]:
        """What the opaque ids of all that a survey has stand for; made once for each."""
        with self._lock:
            known = self._names.setdefault(survey, {})
            if agreement not in known:
                last = agreement, survey.hidden
                known[agreement] = self._last[last] = self._named(agreement, survey, self._last.get(last, {}))
            return known[agreement]

    def _named(
        self, agreement: AgreementId, survey: Survey, before: Mapping[OpaqueId, EntryId]
    ) -> Mapping[OpaqueId, EntryId]:
        """Those of a survey. before: of an earlier one; a name is costly, and an id keeps it."""
        named, ids = set(before.values()), survey.readings.keys()
        come = (survey.readings[id].entry for id in ids - named)
        stay = {name: id for name, id in before.items() if id in ids} if named - ids else before
        return {**stay, **known_names(come, naming(self._reading.keys, agreement))}

    def dossier(self, id: EntryId) -> Dossier:
        """What persons at the desk have said of an id."""
        return dossier_of(self._reading.holdings.papers(DRAWER, [id]).get(id))

    def disclosures(self, id: EntryId) -> Sequence[Line]:
        """Each line of the partners' audit logs that tells of an answer with this record."""
        return self._logs.disclosures(id)

    def done(self, shown: Callable[[Line], bool]) -> Sequence[Line]:
        """The latest of the lines that are shown: of what the office has done, and of what its officers were told."""
        return self._logs.done(shown)

    def simulated(self, suppositions: Sequence[Supposition]) -> Sequence[Effect]:
        """What these changes would let partners have and take from them."""
        return simulated(self._reading, self._rules(), self._moment(), suppositions)

    def policy_text(self, policy: Policy) -> str:
        """A policy as `caselink policy show` prints it."""
        return "\n".join(policy_lines(policy, WIDTH))
