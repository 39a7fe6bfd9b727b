"""How a home is, as `caselink status` tells it and Prometheus reads it from the office app (issue 6, operating)."""

import asyncio
import os
import platform
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from graph.errors import StoreUnreachable
from graph.model import AgreementId
from graph.readers import Reader
from graph.sources import RESTRICTION_DUE, Source, open_sources, with_source
from graph.store import Batch
from server import answer_counts, metrics
from server.answer_counts import MOST_PROCESSES, SIGNED, AnswerCounting, CountsTaker, CountsTeller
from server.answered import WHOLE
from server.audit.heads import SIGNATURE, HeadKey
from server.condition import Condition, ReaderState, ReleaseState, condition
from server.home import open_home
from server.metrics import Family, Metrics, exposition, metrics_token
from server.office.app import create_office_app
from server.stores import open_holdings
from server.turns import turn
from tests.building import Agency
from tests.command_line import Desk
from tests.memory_trail import MemoryTrail
from tests.plain_lines import case

KEY = HeadKey(b"c" * 32, SIGNED)
TOKEN = metrics_token(b"n" * 32)
NOW = Condition(
    held={"case": 2},
    releases=[
        ReleaseState(AgreementId("ndex"), "7f", "1970-01-01T00:01:00Z", "2031-05-08", False, 2, 1, 3),
        ReleaseState(AgreementId('a"b'), "80", "1970-01-01T00:02:00Z", None, True, None, None, None),
    ],
    open_files={},
    restriction_due=False,
    refused=True,
    restored=None,
    readers=[ReaderState("r1", 4, 2.0)],
    seen={},
    writer=None,
    took={"load": 1.5},
)


def test_the_condition_is_that_of_the_stores() -> None:
    made = Agency()
    made.load(case("C-1", "NY03-0001"))
    made.publish()
    made.load(case("C-2", "NY03-0002"))
    made.restrict()
    made.releases.enrol(Reader("r1", made.releases.standing().revision - 1), {"UTC": 739_944})
    now = condition(made.publisher, made.now.day, None)
    [release] = now.releases
    assert (now.held, release.records, release.links, release.waiting, release.due) == (
        {"case": 2},
        1,
        0,
        1,
        False,
    )
    assert (release.version, release.serves_until) == (made.header().version, "2031-05-08")
    assert (now.readers, now.seen) == ([ReaderState("r1", 1, 2.0)], {"UTC": 739_944})
    assert (now.open_files, now.restriction_due, now.refused, now.restored, now.writer) == (
        {},
        False,
        False,
        None,
        None,
    )
    assert condition(made.publisher, made.now.day + 5000, None).releases[0].due


def test_who_was_killed_with_the_turn_is_not_said_to_write() -> None:
    made = Agency()
    made.holdings.turns.take(made.holdings.turns.now(), "killed")
    told = [condition(made.publisher, made.now.day, idle).writer for idle in (None, "another", "killed")]
    assert told == ["killed", "killed", None]


def test_what_is_kept_of_another_version_is_not_told_of_this_one() -> None:
    made = Agency()
    made.load(case("C-1", "NY03-0001"))
    made.publish()
    made.holdings.forget()
    [release] = condition(made.publisher, made.now.day, None).releases
    assert (release.records, release.links, release.waiting) == (None, None, None)


def test_the_status_tells_what_waits_and_how_long_things_took(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(case("C-1", "NY03-0001"))
    desk.done("publish")
    desk.load(case("C-2", "NY03-0002"), name="more.jsonl")
    told = desk.done("status", "--json").json()
    assert sorted(told["took"]) == ["load", "publish"]
    assert [release["waiting"] for release in told["releases"]["published"]] == [1]
    assert "1 record, 0 links; waiting: 1 element\n" in desk.done("status").out


def test_while_a_load_runs_the_status_says_so_and_not_that_it_was_stopped(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.done("init")
    desk.load(case("C-1", "NY03-0001"))
    home = open_home(desk.home, {})
    with home.alone("caselink load"), closing(open_holdings(home)) as holdings, turn(home, holdings.turns):
        started = with_source(open_sources(holdings), "half.jsonl", Source(0, finished=False))
        holdings.take(Batch(memory=started | RESTRICTION_DUE))
        running, told = desk.done("status"), desk.done("status", "--json").json()
    who = f"caselink load (process {os.getpid()} on {platform.node()})"
    assert running.out.splitlines()[-3:] == [
        f"writing  {who}",
        "open  half.jsonl: its load has not come to its end; publishing adds nothing",
        "what is being written is not withdrawn everywhere yet; the command that writes does that before it ends",
    ]
    assert (told["writing"], told["restriction_due"]) == (who, True)
    stopped = desk.done("status")
    assert stopped.out.splitlines()[-2:] == [
        "open  half.jsonl: its load has not come to its end; publishing adds nothing",
        "a load or an act was stopped before its withdrawals were done; load, publish or serve does them first",
    ]
    assert desk.done("status", "--json").json()["writing"] is None


# --- metrics ---


def asked(taker: CountsTaker, token: str = TOKEN, fails: bool = False) -> httpx.Response:
    """What the office app tells Prometheus."""

    def ask() -> Condition:
        if fails:
            raise StoreUnreachable("bolt://10.0.0.7:7687: nobody answers")
        return NOW

    told = Metrics(ask, taker.answers, TOKEN)
    app = create_office_app(dict, MemoryTrail(), KEY, Route(metrics.PATH, told.get))
    return asyncio.run(_get(app, metrics.PATH, {"Authorization": f"Bearer {token}"}))


async def _get(app: Starlette, path: str, headers: dict[str, str]) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test") as client:
        return await client.get(path, headers=headers)


def samples(response: httpx.Response) -> list[str]:
    return [line for line in response.text.splitlines() if not line.startswith("#")]


def test_all_of_the_condition_is_in_the_metrics() -> None:
    response = asked(told(("host-1", {"200": 7, "503": 1})))
    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "text/plain; version=0.0.4; charset=utf-8",
    )
    assert samples(response) == [
        "caselink_stores_answer 1",
        'caselink_held{kind="case"} 2',
        'caselink_release_version{agreement="ndex",version="7f"} 1',
        'caselink_release_version{agreement="a\\"b",version="80"} 1',
        'caselink_release_records{agreement="ndex"} 2',
        'caselink_release_links{agreement="ndex"} 1',
        'caselink_release_waiting{agreement="ndex"} 3',
        'caselink_release_due{agreement="ndex"} 0',
        'caselink_release_due{agreement="a\\"b"} 1',
        'caselink_release_published_seconds{agreement="ndex"} 60',
        'caselink_release_published_seconds{agreement="a\\"b"} 120',
        "caselink_open_files 0",
        "caselink_restriction_due 0",
        "caselink_refused 1",
        "caselink_restored 0",
        "caselink_readers 1",
        'caselink_reader_behind{reader="r1"} 4',
        "caselink_writing 0",
        'caselink_last_duration_seconds{command="load"} 1.5',
        'caselink_answers_total{process="host-1",status="200"} 7',
        'caselink_answers_total{process="host-1",status="503"} 1',
    ]


def test_stores_that_do_not_answer_are_told_as_such() -> None:
    assert samples(asked(told(), fails=True)) == ["caselink_stores_answer 0"]


@pytest.mark.parametrize("token", ["", "x", metrics_token(b"m" * 32)])
def test_without_the_token_nothing_is_told(token: str) -> None:
    response = asked(told(), token)
    assert (response.status_code, response.text) == (401, "unauthenticated")


def test_each_name_has_one_type_and_a_line_of_help() -> None:
    family = Family("a", "counter", "What it is.", [({"of": "x\ny\\"}, 0.1), ({}, 12345678901)])
    assert exposition([family]) == (
        '# HELP a What it is.\n# TYPE a counter\na{of="x\\ny\\\\"} 0.1\na 12345678901\n'
    )


# --- answers by status ---


def told(*processes: tuple[str, dict[str, int]]) -> CountsTaker:
    """What an office app knows that these partner processes have told."""
    taker = CountsTaker(KEY)
    app = create_office_app(dict, MemoryTrail(), KEY, Route(answer_counts.PATH, taker.post, methods=["POST"]))

    def send(body: bytes, signature: str) -> None:
        assert asyncio.run(_posted(app, body, signature)) == 204

    for name, counts in processes:
        teller = CountsTeller(name, Counter(counts), KEY, send)
        asyncio.run(teller.tell())
        asyncio.run(teller.tell())
    return taker


async def _posted(app: Starlette, body: bytes, signature: str) -> int:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://office.test") as client:
        response = await client.post(answer_counts.PATH, content=body, headers={SIGNATURE: signature})
        return response.status_code


def test_the_answers_of_each_process_are_told_as_they_were_last() -> None:
    taker = told(("a", {"200": 1}), ("b", {"200": 2}), ("a", {"200": 5, "401": 1}))
    assert taker.answers() == {("a", "200"): 5, ("a", "401"): 1, ("b", "200"): 2}


def test_of_so_many_processes_those_are_remembered_that_told_last() -> None:
    taker = told(*((f"p{n}", {"200": n}) for n in range(MOST_PROCESSES + 5)))
    assert sorted(taker.answers().values()) == list(range(5, MOST_PROCESSES + 5))


@pytest.mark.parametrize(
    ("body", "key", "status"),
    [
        (b'{"process":"a","answers":{"200":1}}', HeadKey(b"c" * 32), 403),
        (b'{"process":"a","answers":{"200":1}}', HeadKey(b"d" * 32, SIGNED), 403),
        (b'{"process":"a\\"","answers":{"200":1}}', KEY, 400),
        (b'{"process":"a","answers":{"2000":1}}', KEY, 400),
        (b'{"process":"a","answers":{"200":-1}}', KEY, 400),
        (b'{"process":"a","answers":{"200":1},"more":1}', KEY, 400),
        (b"x" * 3000, KEY, 400),
    ],
)
def test_what_is_not_signed_or_no_numbers_is_not_taken(body: bytes, key: HeadKey, status: int) -> None:
    taker = CountsTaker(KEY)
    app = create_office_app(dict, MemoryTrail(), KEY, Route(answer_counts.PATH, taker.post, methods=["POST"]))
    assert (asyncio.run(_posted(app, body, key.sign(body))), taker.answers()) == (status, {})


def test_an_office_that_is_away_is_told_later() -> None:
    sent: list[bytes] = []

    def send(body: bytes, _signature: str) -> None:
        sent.append(body)
        if len(sent) == 1:
            raise OSError("nobody there")

    teller = CountsTeller("a", Counter({"200": 1}), KEY, send)
    for _ in range(3):
        asyncio.run(teller.tell())
    assert sent == [b'{"process":"a","answers":{"200":1}}'] * 2


def test_answers_to_questions_are_counted_by_status_and_nothing_else() -> None:
    async def answer(request: Request) -> Response:
        return PlainTextResponse("", int(request.query_params["status"]))

    counts: Counter[str] = Counter()
    app = Starlette(routes=[Route("/graphql", answer), Route("/healthz", answer)])
    app.add_middleware(AnswerCounting, counts=counts)
    for path in ("/graphql?status=200", "/graphql?status=200", "/graphql?status=401", "/healthz?status=200"):
        asyncio.run(_get(app, path, {}))
    assert counts == {"200": 2, "401": 1}


def test_an_answer_that_is_sent_in_one_piece_is_counted_too() -> None:
    sent: list[tuple[int, bytes, bytes]] = []

    async def whole(*piece: Any) -> None:
        sent.append(piece)

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        await scope["extensions"][WHOLE](200, b"a: b\r\n", b"told")

    async def nothing(*_: object) -> Any:
        raise AssertionError("it is sent in one piece")

    counts: Counter[str] = Counter()
    counting = AnswerCounting(app, counts)
    for path in ("/graphql", "/elsewhere"):
        scope = {"type": "http", "path": path, "extensions": {WHOLE: whole, "other": {}}}
        asyncio.run(counting(scope, nothing, nothing))
    assert (sent, counts) == ([(200, b"a: b\r\n", b"told")] * 2, {"200": 1})
