"""The body of a request becomes a question, or nothing: JSON, one object, of which a query is text.

Whatever is no such object, a list of several included, is no question. Read up to a limit and no further.
"""

from typing import Any

import orjson
from starlette.requests import Request

from schema.execute import Question


async def read_body(request: Request, limit: int) -> bytes | None:
    """The body, or None if it has more bytes than the limit. What a client says of the length is not relied on."""
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated[:20]) > limit:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


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
