"""The partner app's pages: the same for everyone, nothing of another host, nothing inline, built of our sources."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from graphql import build_schema, print_schema

import server
from schema.partner import PARTNER_SCHEMA
from server.pages import HEADERS
from tests.documentation import ROOT
from tests.partner_client import Client
from tests.partner_world import published, release

WEB = ROOT / "server" / "web"
STATIC = Path(server.__file__).with_name("static")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FRONT = {
    "/": "text/html",
    "/explore": "text/html",
    "/partners.md": "text/plain",
    "/schema.graphql": "text/plain",
    "/static/partner/page.css": "text/css",
    "/static/partner/page.js": "text/javascript",
    "/static/partner_explorer/page.css": "text/css",
    "/static/partner_explorer/page.js": "text/javascript",
    "/static/partner_explorer/licences.md": "text/plain",
}
GRAPHIQL = {
    "/graphiql": "text/html",
    "/static/graphiql/page.css": "text/css",
    "/static/graphiql/page.js": "text/javascript",
    "/static/graphiql/licences.md": "text/plain",
}


@pytest.fixture(name="client", scope="module")
def _client() -> Client:
    """A partner's browser, where the agency has GraphiQL switched on."""
    return Client(published(release()), graphiql=True)


@pytest.fixture(name="plain", scope="module")
def _plain() -> Client:
    """A partner's browser, as it is without that."""
    return Client(published(release()))


# --- what is served ---


@pytest.mark.parametrize(("path", "media"), (FRONT | GRAPHIQL).items())
def test_a_page_and_what_it_is_made_of_are_served_under_a_strict_policy(
    client: Client, path: str, media: str
) -> None:
    response = client.send("GET", path)
    assert (response.status_code, response.headers["content-type"]) == (200, f"{media}; charset=utf-8")
    assert {
        name: response.headers[name] for name in (*HEADERS, "Cache-Control", "X-Content-Type-Options")
    } == {
        "Content-Security-Policy": CSP,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }


def test_the_schema_and_the_guide_are_those_of_this_version(client: Client) -> None:
    assert client.send("GET", "/schema.graphql").content == (ROOT / "schema/schema.graphql").read_bytes()
    assert client.send("GET", "/partners.md").content == (ROOT / "docs/partners.md").read_bytes()


@pytest.mark.parametrize("path", GRAPHIQL)
def test_without_graphiql_its_page_is_a_page_that_never_was(plain: Client, path: str) -> None:
    answers = [plain.send("GET", asked) for asked in (path, "/nothing")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_the_front_page_leads_to_graphiql_only_where_it_is(client: Client, plain: Client) -> None:
    fronts = [asked.send("GET", "/").text for asked in (client, plain)]
    assert [re.findall(r'href="(/[a-z.]+)"', front) for front in fronts] == [
        ["/explore", "/partners.md", "/schema.graphql", "/graphiql"],
        ["/explore", "/partners.md", "/schema.graphql"],
    ]


@pytest.mark.parametrize(
    "path",
    ["/static", "/static/", "/static/partner", "/static/built_from.txt", "/static/partner/../built_from.txt"],
)
def test_a_request_names_one_of_the_files_or_nothing(client: Client, path: str) -> None:
    assert client.send("GET", path).status_code == 404


@pytest.mark.parametrize("path", FRONT)
def test_a_page_is_the_same_for_everyone(client: Client, path: str) -> None:
    someone = client.send("GET", path, headers={"Authorization": "Bearer none", "Cookie": "a=b"})
    assert someone.content == client.send("GET", path).content
    assert client.send("POST", path).status_code == 405


# --- what they are made of ---


@pytest.mark.parametrize("path", ["/", "/explore", "/graphiql"])
def test_a_page_asks_for_what_this_app_serves_and_has_nothing_inline(client: Client, path: str) -> None:
    text = client.send("GET", path).text
    asked = re.findall(r'(?:src|href)="([^"]*)"', text)
    elsewhere = [name for name in asked if not name.startswith("/") and name != "data:,"]
    missing = [name for name in asked if name.startswith("/") and client.send("GET", name).status_code != 200]
    assert (elsewhere, missing) == ([], [])
    assert re.findall(r"<style|<script>|<script [^>]*>[^<]|\son\w+=|\sstyle=", text) == []


def test_what_is_built_stays_small() -> None:
    sizes = {path.parent.name: path.stat().st_size for path in STATIC.glob("*/page.js")}
    assert sizes["partner"] < 10_000
    assert sizes["partner_explorer"] < 750_000
    assert sizes["office_explorer"] < 800_000
    assert sizes["graphiql"] < 1_500_000


def test_the_built_files_are_of_the_sources_here() -> None:
    """After a change there: make web, and commit what it wrote."""
    tops = [path for path in WEB.iterdir() if path.name != "node_modules"]
    found = [path for top in tops for path in (top.rglob("*") if top.is_dir() else [top]) if path.is_file()]
    sources = sorted(path.relative_to(WEB).as_posix() for path in found)
    digest = hashlib.sha256()
    for name in sources:
        text = (WEB / name).read_bytes()
        digest.update(f"{name} {len(text)}\n".encode() + text)
    assert (STATIC / "built_from.txt").read_text("utf-8") == f"{digest.hexdigest()}\n"


@pytest.mark.long
def test_the_built_files_are_what_the_sources_give(tmp_path: Path) -> None:
    shutil.copytree(WEB, tmp_path / "web", ignore=shutil.ignore_patterns("node_modules"))
    for command in (("npm", "ci", "--no-audit", "--no-fund"), ("npm", "run", "build")):
        done = subprocess.run(command, cwd=tmp_path / "web", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    built = {path.relative_to(tmp_path / "static"): path.read_bytes() for path in files(tmp_path / "static")}
    kept = {path.relative_to(STATIC): path.read_bytes() for path in files(STATIC) if not path.is_symlink()}
    assert built == kept


def files(folder: Path) -> list[Path]:
    """All files in a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


# --- what they ask ---


def test_what_the_front_page_asks_passes_every_limit(client: Client) -> None:
    script = (WEB / "src/partner/page.ts").read_text("utf-8")
    [query] = re.findall(r"const AGREEMENT = `(.*?)`", script, re.DOTALL)
    assert sorted(client.ask(query)["agreement"]) == sorted(
        ("id", "partner", "effective", "expires", "caveat", "kinds", "release")
    )


def test_what_graphiql_asks_passes_every_limit(client: Client) -> None:
    script = (WEB / "src/graphiql/page.tsx").read_text("utf-8")
    [first] = re.findall(r"const FIRST = `(.*?)`", script, re.DOTALL)
    [who] = re.findall(r'const WHO = "(.*?)"', script)
    assert client.ask(first)["cases"]["totalCount"] == 4
    assert client.ask(who) == {"agreement": {"id": "ndex"}}


def test_the_schema_that_graphiql_reads_is_the_whole_schema(client: Client) -> None:
    """It asks for no introspection, which not every agreement allows."""
    served = build_schema(client.send("GET", "/schema.graphql").text)
    assert print_schema(served) == print_schema(PARTNER_SCHEMA)
