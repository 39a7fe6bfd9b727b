"""What answers need beyond what is held: releases, names, dossiers, logs. How it is come by is the server's affair.

It knows all, so each module that asks it tells only of what the reader may know of.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from graph.dossier import Dossier
from graph.effect import Effect
from graph.history import Past
from graph.model import AgreementId, EntryId, OpaqueId
from graph.office.survey import Survey
from graph.policy import Policy
from graph.supposition import Supposition


class Archive(Protocol):
    """Of one home."""

    def past(self, agreement: AgreementId) -> Past:
        """How a release became what it is."""

    def name(self, agreement: AgreementId, id: EntryId) -> OpaqueId | None:
        """The id of a record under an agreement; None where its release does not have it."""

    def names(self, agreement: AgreementId, survey: Survey) -> Mapping[OpaqueId, EntryId]:
        """What the opaque ids of all that a survey has stand for."""

    def dossier(self, id: EntryId) -> Dossier:
        """What persons at the desk have said of an id."""

    def disclosures(self, id: EntryId) -> Sequence[Mapping[str, Any]]:
        """Each line of the partners' audit logs that tells of an answer with this record, the latest first."""

    def done(self, shown: Callable[[Mapping[str, Any]], bool]) -> Sequence[Mapping[str, Any]]:
        """The latest of the lines that are shown: of what the office has done, and of what its officers were told."""

    def simulated(self, suppositions: Sequence[Supposition]) -> Sequence[Effect]:
        """What these changes would let partners have and take from them; nothing is written."""

    def policy_text(self, policy: Policy) -> str:
        """A policy as `caselink policy show` prints it."""
