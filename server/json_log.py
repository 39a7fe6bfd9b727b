"""A server's log as one JSON object a line on stderr, where `json_log` in caselink.toml asks for it.

No token, no question and nothing of a record gets in: of an exception it has the kind and the place in the code, and
its words only where they are ours (a CaselinkError) or the system's (an OSError).
"""

import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

import orjson

from graph.errors import CaselinkError

OURS: Final = "caselink"
"""The logger of what commands say besides their results."""


class JsonLines(logging.Formatter):
    """at, level, logger, message; of an exception also error, place (the innermost last) and, where it is ours, why."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info is not None and record.exc_info[1] is not None:
            told |= _failure(record.exc_info[1], record.exc_info[2])
        return orjson.dumps(told).decode()


def log_as_json() -> None:
    """From here on, everything that is logged in this process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(OURS).setLevel(logging.INFO)


def _failure(error: BaseException, trace: TracebackType | None) -> dict[str, object]:
    frames = traceback.extract_tb(trace)
    told: dict[str, object] = {
        "error": type(error).__name__,
        "place": [f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno}" for frame in frames],
    }
    if isinstance(error, CaselinkError | OSError):
        told["why"] = str(error)
    return told
