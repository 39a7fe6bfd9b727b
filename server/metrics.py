"""GET /metrics of the office app: the home's condition in Prometheus' text format, version 0.0.4.

For who shows the token that `caselink keys metrics` prints: it is made from the naming key, which no partner process
has. What waits or is withheld stands nowhere on the partner port.
"""

import hashlib
import hmac
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from graph.errors import StoreError
from server.condition import Condition, ReleaseState

PATH: Final = "/metrics"
_CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

logger = logging.getLogger(__name__)

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Family:
    """Samples of one name. kind: gauge or counter."""

    name: str
    kind: str
    help: str
    samples: Iterable[tuple[Labels, float]]


def metrics_token(naming_key: bytes) -> str:
    """The bearer token by which the metrics are read."""
    return hashlib.blake2b(b"the token of metrics", key=naming_key, digest_size=32).hexdigest()


class Metrics:
    """ask: the condition now, called in a thread. answers: by partner process and status, how many it has given."""

    def __init__(
        self,
        ask: Callable[[], Condition],
        answers: Callable[[], Mapping[tuple[str, str], int]],
        token: str,
    ) -> None:
        self._ask, self._answers, self._token = ask, answers, token

    async def get(self, request: Request) -> Response:
        """All of it; 401 without the token. A store that does not answer is told as such."""
        scheme, _, shown = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(shown.encode(), self._token.encode()):
            return PlainTextResponse("unauthenticated", 401, headers={"WWW-Authenticate": "Bearer"})
        try:
            families = _families(await run_sync(self._ask))
        except StoreError as error:
            logger.error("the stores do not answer: %s", error)
            families = [Family("caselink_stores_answer", "gauge", _STORES, [({}, 0)])]
        answers = [
            ({"process": process, "status": status}, count)
            for (process, status), count in sorted(self._answers().items())
        ]
        told = Family("caselink_answers_total", "counter", "Answers to partners' questions.", answers)
        return Response(exposition([*families, told]), headers={"Content-Type": _CONTENT_TYPE})


def exposition(families: Iterable[Family]) -> str:
    """The text.

    >>> print(exposition([Family("a", "gauge", "What it is.", [({"of": 'x"y'}, 1.5), ({}, 2)])]), end="")
    # HELP a What it is.
    # TYPE a gauge
    a{of="x\\"y"} 1.5
    a 2
    """
    lines = []
    for family in families:
        lines += [f"# HELP {family.name} {family.help}", f"# TYPE {family.name} {family.kind}"]
        lines += [f"{family.name}{_labels(labels)} {value:.15g}" for labels, value in family.samples]
    return "".join(f"{line}\n" for line in lines)


_STORES: Final = "Whether the stores answer."
_ESCAPED: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def _labels(labels: Labels) -> str:
    told = ",".join(f'{name}="{value.translate(_ESCAPED)}"' for name, value in labels.items())
    return f"{{{told}}}" if told else ""


def _families(now: Condition) -> list[Family]:
    def each(value: Callable[[ReleaseState], float | None]) -> list[tuple[Labels, float]]:
        found = ((release, value(release)) for release in now.releases)
        return [({"agreement": release.agreement}, told) for release, told in found if told is not None]

    def gauge(name: str, help: str, samples: Iterable[tuple[Labels, float]]) -> Family:
        return Family(f"caselink_{name}", "gauge", help, samples)

    versions: list[tuple[Labels, float]] = [
        ({"agreement": release.agreement, "version": release.version}, 1) for release in now.releases
    ]
    return [
        gauge("stores_answer", _STORES, [({}, 1)]),
        gauge(
            "held", "Entries held, deleted ones left out.", [({"kind": k}, n) for k, n in now.held.items()]
        ),
        gauge("release_version", "The version of each release.", versions),
        gauge("release_records", "Records released.", each(lambda release: release.records)),
        gauge("release_links", "Links released.", each(lambda release: release.links)),
        gauge("release_waiting", "Elements that wait to be added or changed.", each(lambda r: r.waiting)),
        gauge("release_due", "Whether its day has come and nobody is answered.", each(lambda r: r.due)),
        gauge("release_published_seconds", "When its content last became current (Unix).", each(_published)),
        gauge("open_files", "Files whose last load holds back additions.", [({}, len(now.open_files))]),
        gauge("restriction_due", "Whether a load left its withdrawals undone.", [({}, now.restriction_due)]),
        gauge("refused", "Whether every partner is refused until a withdrawal is done.", [({}, now.refused)]),
        gauge("restored", "Whether a restored home waits for a person.", [({}, now.restored is not None)]),
        gauge("readers", "Partner processes that are enrolled.", [({}, len(now.readers))]),
        gauge(
            "reader_behind",
            "Changes of releases that a partner process has not confirmed.",
            [({"reader": reader.name}, reader.behind) for reader in now.readers],
        ),
        gauge("writing", "Whether a command has the turn to write.", [({}, now.writer is not None)]),
        gauge(
            "last_duration_seconds",
            "How long the last load and the last publication took.",
            [({"command": command}, seconds) for command, seconds in now.took.items()],
        ),
    ]


def _published(release: ReleaseState) -> float:
    return datetime.fromisoformat(release.published_at).timestamp()
