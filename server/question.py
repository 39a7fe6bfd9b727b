"""The body of a request becomes a question, or nothing: JSON, one object, of which a query is text.

Whatever is no such object, a list of several included, is no question. Read up to a limit and no further.
"""

from collections.abc import Sequence
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from schema.execute import Question


async def read_body(request: Request, limit: int) -> bytes | None:
    """The body of a request, as `receive_body` reads it."""
    return await receive_body(request.receive, request.headers.getlist("content-length"), limit)


async def receive_body(receive: Receive, content_length: Sequence[str], limit: int) -> bytes | None:
    """The body, or None if it has more bytes than the limit. What a client says of the length is not relied on.

    content_length: the headers of that name. Raises ClientDisconnect.
    """
    stated = content_length[0] if content_length else ""
    if stated.isdecimal() and int(stated[:20]) > limit:
        return None
    body, more = bytearray(), True
    while more:
        chunk, more = _chunk(await receive())
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


def _chunk(message: Message) -> tuple[bytes, bool]:
    """Some of a body, and whether there is more."""
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    return message.get("body", b""), message.get("more_body", False)


def read_question(body: bytes) -> Question | None:
    """The question that a body asks; members that GraphQL over HTTP does not know are ignored."""
    try:
        members = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(members, dict):
        return None
    query, name = members.get("query"), members.get("operationName")
    variables, extensions = members.get("variables"), members.get("extensions")
    if (
        not isinstance(query, str)
        or not _is(name, str)
        or not _is(variables, dict)
        or not _is(extensions, dict)
    ):
        return None
    return Question(query, name or None, variables or {})


def _is(member: Any, kind: type) -> bool:
    return member is None or isinstance(member, kind)
