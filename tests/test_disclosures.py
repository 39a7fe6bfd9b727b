"""Who was given a record is told from any log, one that a crash or somebody has spoilt included."""

import pytest

from graph.model import AgreementId, EntryId
from server.audit.chain import START, chained
from server.audit.chain_check import Placed
from server.audit.disclosures import Disclosures, Names
from tests.audit_lines import given

C1 = EntryId("C-1")
NAMES = Names([b"k" * 32])
LINE = chained(START, given("ndex", "ann", NAMES.of(C1, AgreementId("ndex"))[0]))[0].rstrip(b"\n")


def users(*lines: bytes) -> list[str]:
    placed = [Placed(line, "1.jsonl:1") for line in lines]
    return [told["user"] for told in Disclosures(C1, NAMES).among(placed)]


def test_a_line_that_was_cut_short_anywhere_hides_none_of_those_after_it() -> None:
    for length in range(len(LINE)):
        assert users(LINE[:length], LINE) == ["ann"], LINE[:length]


@pytest.mark.parametrize("agreement", [b"\xff", b"nd\xc3", b"\\u0000", b"", b"ndex2"])
def test_an_agreement_that_was_changed_into_no_text_hides_nothing(agreement: bytes) -> None:
    spoilt = LINE.replace(b'"agreement":"ndex"', b'"agreement":"%b"' % agreement)
    assert users(spoilt, LINE) == ["ann"]


@pytest.mark.parametrize("like", [b"1", b"true", b"[1]", b"null", b"{}", b"1e999"])
def test_a_reference_that_was_spoilt_hides_nothing(like: bytes) -> None:
    spoilt = LINE.replace(b'"records":[', b'"records_as":%b,"was":[' % like)
    assert users(spoilt, LINE) == ["ann"]
