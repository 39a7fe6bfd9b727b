"""`caselink query`: what is asked from a file, how the answer is printed, and how each failure reads and ends."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from graph.errors import CaselinkError
from server.asking import address_of
from tests.agency import free_port
from tests.command_line import Ran, run
from tests.partner_client import partner_app, token
from tests.partner_port import on_a_port
from tests.partner_world import COUNTY, published, release

TWO = """
query Count { cases { totalCount } }
query Numbered($number: String!) { case(number: $number) { title } }
"""
BY_NUMBER = "query ($number: String!) { case(number: $number) { title } }"
CAVEAT = "Verify before acting.\n"


@pytest.fixture(name="url", scope="module")
def _url() -> Iterator[str]:
    """The address of an app with two agreements, of which `county` wants to know why it is asked."""
    with on_a_port(partner_app(published(release(), release(None, COUNTY, purpose_required=True)))) as url:
        yield url


@pytest.fixture(name="asked")
def _asked(tmp_path: Path) -> Any:
    """Writes a file and asks it."""

    def asked(text: str, *arguments: str | Path, given: str | None = None) -> Ran:
        file = tmp_path / "asked.graphql"
        file.write_text(text, encoding="utf-8")
        return run(
            "query", file, *arguments, environment={"CASELINK_TOKEN": token() if given is None else given}
        )

    return asked


def sentence(ran: Ran) -> str:
    """The sentence with which it could not be done, without what differs from run to run."""
    assert (ran.code, ran.out) == (2, "")
    return ran.err.removeprefix("caselink: ").removesuffix("\n")


# --- answers ---


def test_the_data_is_printed_and_the_caveat_beside_it(asked: Any, url: str) -> None:
    ran = asked("{ cases { totalCount } }", "--url", url)
    version = release().header.version
    assert (ran.code, ran.json()) == (0, {"cases": {"totalCount": 4}})
    assert ran.err == f"ndex {version}: {CAVEAT}"


def test_the_whole_answer_is_printed_as_json(asked: Any, url: str) -> None:
    ran = asked("{ cases { totalCount } }", "--url", url, "--json")
    stated = {"agreement": "ndex", "version": release().header.version, "caveat": CAVEAT.strip()}
    assert ran.json() == {"data": {"cases": {"totalCount": 4}}, "extensions": {"release": stated, "cost": 1}}


@pytest.mark.parametrize("in_a_file", [False, True])
def test_variables_are_an_object_or_a_file_that_has_one(
    asked: Any, url: str, tmp_path: Path, in_a_file: bool
) -> None:
    written = '{"number": "NY03-0001"}'
    (tmp_path / "variables.json").write_text(written, encoding="utf-8")
    given = tmp_path / "variables.json" if in_a_file else written
    told = asked(BY_NUMBER, "--url", url, "--variables", given).json()
    assert told == {"case": {"title": "Freight diversion"}}


def test_one_operation_of_several_is_asked_by_its_name(asked: Any, url: str) -> None:
    assert asked(TWO, "--url", url, "--operation", "Count").json() == {"cases": {"totalCount": 4}}


def test_a_token_comes_from_a_file_rather_than_the_environment(asked: Any, url: str, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(token() + "\n", encoding="utf-8")
    ran = asked("{ agreement { id } }", "--url", url, "--token-file", tmp_path / "token", given="none")
    assert ran.json() == {"agreement": {"id": "ndex"}}


def test_purpose_and_case_number_are_sent_in_any_script(asked: Any, url: str) -> None:
    why = ("--purpose", "Ermittlung – Fracht", "--case-number", "2026-0117")
    told = asked("{ agreement { id } }", "--url", url, *why, given=token(COUNTY)).json()
    assert told == {"agreement": {"id": "county"}}


def test_an_answer_of_which_some_is_missing_is_printed_and_ends_with_3(asked: Any, url: str) -> None:
    ran = asked('{ a: node(id: "c1") { id } b: cases(after: "x") { totalCount } }', "--url", url)
    assert (ran.code, ran.out) == (2, "")  # `cases` cannot be null, so all of it is
    ran = asked(
        'query { node(id: "c1") { id } case(number: "NY03-0001") { documents(after: "x") { totalCount } } }',
        "--url",
        url,
    )
    assert (ran.code, ran.json()) == (3, {"node": {"id": "c1"}, "case": None})
    assert ran.err.splitlines()[0] == (
        "BAD_CURSOR: The cursor is none of this list. Use one that this list gave, with the same filter and order."
        " (line 1, column 59; case.documents)"
    )


# --- refusals ---


def test_a_query_that_is_refused_has_its_error_and_no_data(asked: Any, url: str) -> None:
    ran = asked("{ nothing }", "--url", url)
    assert sentence(ran).splitlines() == [
        "GRAPHQL_VALIDATION_FAILED: Cannot query field 'nothing' on type 'Query'. (line 1, column 3)",
        f"ndex {release().header.version}: {CAVEAT.strip()}",
        "caselink: HTTP 400; no data was given, for the reasons above",
    ]


def test_a_refusal_is_printed_whole_as_json_too(asked: Any, url: str) -> None:
    ran = asked("{ nothing }", "--url", url, "--json")
    assert (ran.code, sorted(ran.json())) == (2, ["errors", "extensions"])


def test_a_token_that_will_not_do_is_told_and_never_printed(asked: Any, url: str) -> None:
    given = token(hours=-1)
    ran = asked("{ agreement { id } }", "--url", url, given=given)
    assert sentence(ran).splitlines() == [
        "UNAUTHENTICATED: A valid bearer token for this service is needed. Ask the agency for one.",
        "caselink: HTTP 401; no data was given, for the reasons above",
    ]


def test_an_agreement_that_wants_a_purpose_says_so(asked: Any, url: str) -> None:
    told = sentence(asked("{ agreement { id } }", "--url", url, given=token(COUNTY)))
    assert told.splitlines()[0].startswith("PURPOSE_REQUIRED: This agreement requires the headers")


def test_where_nobody_answers_the_address_is_named(asked: Any) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    told = sentence(asked("{ agreement { id } }", "--url", url))
    assert told == f"{url}: no answer (Connection refused); is it served, and there?"


def test_tls_that_fails_is_no_answer(asked: Any, url: str) -> None:
    https = url.replace("http://", "https://")
    told = sentence(asked("{ agreement { id } }", "--url", https))
    assert told.startswith(f"{https}: no answer (")


class Elsewhere(BaseHTTPRequestHandler):
    """Something that is no partner app: it answers as it is told to, and keeps what it was sent."""

    answer: ClassVar[tuple[int, dict[str, str], bytes]] = (200, {}, b"")
    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        status, headers, body = self.answer
        self.asked.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


@pytest.fixture(name="elsewhere")
def _elsewhere() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    Elsewhere.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b"\xff", b""])
def test_what_is_no_partner_app_is_said_to_be_none(
    asked: Any, elsewhere: str, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    monkeypatch.setattr(Elsewhere, "answer", (200, {}, body))
    told = sentence(asked("{ agreement { id } }", "--url", elsewhere))
    assert told == f"{elsewhere}: HTTP 200, and no answer of a partner app; name the address of one"


def test_a_redirect_is_not_followed_so_that_the_token_goes_nowhere_else(
    asked: Any, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Elsewhere, "answer", (307, {"Location": "/elsewhere"}, b"moved"))
    told = sentence(asked("{ agreement { id } }", "--url", f"{elsewhere}/there"))
    assert told == f"{elsewhere}/there: HTTP 307, and no answer of a partner app; name the address of one"
    assert Elsewhere.asked == ["/there"]


def hang_up(server: socket.socket) -> None:
    """Take one call and end it."""
    server.accept()[0].close()


def test_one_that_hangs_up_is_no_answer(asked: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        thread = Thread(target=hang_up, args=(server,), daemon=True)
        thread.start()
        told = sentence(asked("{ agreement { id } }", "--url", url))
        thread.join(10)
    assert told.startswith(f"{url}: no answer (")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--url", "ftp://x"), "--url ftp://x: no address; write one like https://partners.example.gov"),
        (("--url", "http://[x"), "--url http://[x: no address; write one like https://partners.example.gov"),
        (
            ("--url", "https://me:secret@x"),
            "--url x: no address; write one like https://partners.example.gov",
        ),
        (
            ("--url", "http://partner.test"),
            "--url http://partner.test: the token would go over the network for all to read; write https://",
        ),
        (("--variables", "[]"), '--variables: is no JSON object; write one like {"number": "NY03-0001"}'),
        (
            ("--variables", "none"),
            "none: cannot be read (No such file or directory); name a file that is there",
        ),
        (("--purpose", " "), "--purpose: is blank, too long or not printable; write 1 to 200 characters"),
        (
            ("--case-number", "a\nX-Injected: b"),
            "--case-number: is blank, too long or not printable; write 1 to 200 characters",
        ),
        (
            ("--token-file", "none"),
            "none: cannot be read (No such file or directory); name a file that is there",
        ),
    ],
)
def test_what_cannot_be_asked_is_told_before_anything_is_sent(
    asked: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: tuple[str, str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert sentence(asked("{ agreement { id } }", *arguments)) == told


def test_variables_that_are_no_json_are_refused(asked: Any, tmp_path: Path) -> None:
    (tmp_path / "variables").write_text("{no", encoding="utf-8")
    told = sentence(asked("{ a }", "--variables", tmp_path / "variables"))
    assert told.startswith("--variables: is no JSON (")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "asked").write_bytes(b"\xff")
    ran = run("query", tmp_path / "asked", environment={"CASELINK_TOKEN": token()})
    assert (
        sentence(ran) == f"{tmp_path / 'asked'}: cannot be read (it is not UTF-8); name a file that is there"
    )


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("", "there is no token; set CASELINK_TOKEN, or name a --token-file that has it"),
        ("two words", "is no token; it is one word of letters, digits, dots and dashes"),
        ("é", "is no token; it is one word of letters, digits, dots and dashes"),
    ],
)
def test_what_is_no_token_is_not_sent_or_printed(asked: Any, given: str, told: str) -> None:
    assert sentence(asked("{ agreement { id } }", given=given)) == f"CASELINK_TOKEN: {told}"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://localhost:8000", ("localhost", 8000, "/graphql")),
        ("http://127.0.0.1/", ("127.0.0.1", 80, "/graphql")),
        ("http://[::1]:1/api/graphql", ("::1", 1, "/api/graphql")),
        ("https://partner.test", ("partner.test", 443, "/graphql")),
    ],
)
def test_an_address_without_a_path_is_that_of_queries(url: str, place: tuple[str, int, str]) -> None:
    address = address_of(url)
    assert (address.host, address.port, address.path) == place


def test_tls_is_wanted_for_everything_but_this_machine() -> None:
    with pytest.raises(CaselinkError):
        address_of("http://127.0.0.1.partner.test")
