"""docs/audit.md is complete and true: what a line tells, and what is said of a log that was touched."""

import json

from msgspec.structs import replace

from schema.execute import Answer, Question
from server.audit import entry
from server.audit.chain import RECORDS_AS, START, chained
from server.audit.chain_check import What
from server.audit.entry import Asking, unknown_users
from server.problems import BAD_REQUEST
from server.purpose import Purpose
from tests.audit_lines import asking
from tests.documentation import Page, code

PAGE = Page.of("docs/audit.md")
ASKING = replace(asking("ndex", "ana"), purpose=Purpose("a test", "T-1"))
BY_A_PROVIDER = replace(ASKING, bearer=replace(ASKING.bearer, issuer="https://login.partner.example"))
DEEP = Question("{ a }", None, {"x": json.loads("[" * 900 + "]" * 900)})


def lines(asking: Asking) -> list[bytes]:
    """Lines that have between them every key that there is."""
    answer = Answer(True, {}, [{"extensions": {"code": "BAD_PAGE"}}], ())
    question = Question("{ a }", "Find", {"x": 1})
    return [
        asking.answered(question, b"", "v1", answer),
        asking.answered(DEEP, b"{}", "v1", answer),
        asking.refused(BAD_REQUEST, "v1", question),
        unknown_users("2026-11-24T09:30Z", 7),
    ]


def test_every_key_of_a_line_is_told() -> None:
    records = [f',"{key}":[]'.encode() for key in ("records", RECORDS_AS)]
    written = [
        chained(START, told, key, after_cut=True)[0] for told in lines(BY_A_PROVIDER) for key in records
    ]
    known = {key for line in written for key in json.loads(line)}
    told = [key for row in PAGE.part("## What is recorded").rows() for key in code(row[0])]
    assert (set(told), len(told)) == (known, len(known))


def test_the_example_has_the_keys_of_an_answer_in_their_order() -> None:
    [example] = PAGE.part("## What is recorded").examples("json")
    answer = Answer(True, {}, [], ())
    question = Question("{ a }", "Find", {"x": 1})
    line, _ = chained(START, ASKING.answered(question, b"", "v1", answer), b',"records":[]')
    assert list(json.loads(example)) == list(json.loads(line))


def test_every_event_is_told() -> None:
    [row] = [row for row in PAGE.part("## What is recorded").rows() if row[0] == "`event`"]
    assert code(row[1]) == [entry.ANSWERED, entry.REFUSED, entry.UNKNOWN]


def test_everything_that_is_found_in_a_log_is_told() -> None:
    assert PAGE.part("## Checking").first_cells() == [what.value for what in What]
