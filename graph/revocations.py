"""Tokens that were taken back: one by its id, or all of an agreement that were issued until some moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.model import AgreementId


@dataclass(frozen=True, slots=True)
class Revocations:
    """tokens: by id. agreements: by agreement the second (Unix) up to which tokens were issued in vain."""

    tokens: frozenset[str] = frozenset()
    agreements: Mapping[AgreementId, int] = field(default_factory=dict)

    def has(self, token: str, agreement: AgreementId, issued: int) -> bool:
        """Whether a token was taken back. issued: in seconds (Unix)."""
        return token in self.tokens or issued <= self.agreements.get(agreement, -1)

    def __or__(self, other: "Revocations") -> "Revocations":
        """What either has taken back."""
        agreements = {
            agreement: max(one.agreements.get(agreement, -1) for one in (self, other))
            for agreement in {**self.agreements, **other.agreements}
        }
        return Revocations(self.tokens | other.tokens, agreements)


Row = tuple[str, str, int]
"""How a store keeps one: whether a token or an agreement is named, its name, and the second."""

_TOKEN, _AGREEMENT = "token", "agreement"


def as_rows(revocations: Revocations) -> list[Row]:
    """What a store keeps."""
    return [
        *((_TOKEN, id, 0) for id in sorted(revocations.tokens)),
        *((_AGREEMENT, id, at) for id, at in sorted(revocations.agreements.items())),
    ]


def of_rows(rows: Iterable[tuple[Any, ...]]) -> Revocations:
    """What a store has kept."""
    kept = [*rows]
    return Revocations(
        frozenset(name for kind, name, _ in kept if kind == _TOKEN),
        {AgreementId(name): at for kind, name, at in kept if kind == _AGREEMENT},
    )
