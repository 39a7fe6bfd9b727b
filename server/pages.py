"""What a browser is given: by the partner app a page that says what this is, the schema, the guide, the explorer, and
GraphiQL; by the office app the office's explorer. Neither has anything of the other's.

The same files for everyone, and nothing in them of any release: they are read once, and a request names one of them or
nothing. A page may run this app's scripts, use its sheets and ask it, and that is all that it may (CSP): no inline
script, no other host, no frame around it. Whether there is GraphiQL, the agency says.
"""

import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import schema

_STATIC: Final = Path(__file__).with_name("static")
_SCHEMA: Final = Path(schema.__file__).with_name("schema.graphql")
_GRAPHIQL_ENTRY: Final = re.compile(rb' *<li class="graphiql">.*</li>\n')
_TEXT: Final = "text/plain; charset=utf-8"
_MEDIA: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".md": _TEXT,
}
_POLICY: Final = (
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:"),
    *("connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"),
)
HEADERS: Final = {
    "Content-Security-Policy": "; ".join(_POLICY),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}


def page_routes(*, graphiql: bool) -> list[Route]:
    """The routes of all pages and of what they are made of. graphiql: whether that page is among them."""
    front = (_STATIC / "partner" / "index.html").read_bytes()
    routes = [
        _route("/", front if graphiql else _GRAPHIQL_ENTRY.sub(b"", front), _MEDIA[".html"]),
        _route("/partners.md", (_STATIC / "partners.md").read_bytes(), _TEXT),
        _route("/schema.graphql", _SCHEMA.read_bytes(), _TEXT),
        *_made_of("partner"),
        *_page("/explore", "partner_explorer"),
    ]
    return [*routes, *_page("/graphiql", "graphiql")] if graphiql else routes


OFFICE_PATHS: Final = ("/", "/requests", "/queue", "/findings", "/agreements", "/publications", "/audit")
"""Where the office's page stands: it shows another part of itself at each."""


def office_page_routes() -> list[Route]:
    """The routes of the office's page and of what it is made of: for the office app alone."""
    index = (_STATIC / "office_explorer" / "index.html").read_bytes()
    return [*(_route(path, index, _MEDIA[".html"]) for path in OFFICE_PATHS), *_made_of("office_explorer")]


def _page(path: str, page: str) -> list[Route]:
    """A page that was built, and what it was built into."""
    index = (_STATIC / page / "index.html").read_bytes()
    return [_route(path, index, _MEDIA[".html"]), *_made_of(page)]


def _made_of(page: str) -> list[Route]:
    """What a page was built into, but the page itself."""
    files = sorted(path for path in (_STATIC / page).iterdir() if path.name != "index.html")
    return [_route(f"/static/{page}/{path.name}", path.read_bytes(), _MEDIA[path.suffix]) for path in files]


def _route(path: str, body: bytes, media: str) -> Route:
    async def answer(_request: Request) -> Response:
        return Response(body, 200, HEADERS, media)

    return Route(path, answer, methods=["GET"])
