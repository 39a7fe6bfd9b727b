"""The body of an answer over a release: what a partner is sent, and to the byte what an officer's preview shows."""

from typing import Any

from graph.release import Header
from graph.view import View
from schema.execute import Answer, too_long
from schema.writing import as_json


def told(answer: Answer, view: View, most: int) -> tuple[Answer, bytes]:
    """The answer and its body. most: bytes that a body may have; of a longer answer nothing is told."""
    body = _body(answer, view)
    if len(body) <= most:
        return answer, body
    refused = too_long(answer)
    return refused, _body(refused, view)


def extensions(header: Header) -> dict[str, Any]:
    """Which release an answer is from, and the caveat that goes with it."""
    return {"release": {"agreement": header.agreement, "version": header.version, "caveat": header.caveat}}


def _body(answer: Answer, view: View) -> bytes:
    body: dict[str, Any] = {}
    if answer.faults:
        body["errors"] = answer.faults
    if answer.executed:
        body["data"] = answer.data
    body["extensions"] = extensions(view.header)
    if answer.cost is not None:
        body["extensions"]["cost"] = answer.cost
    return as_json(body)
