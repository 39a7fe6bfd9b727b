"""A list of ids stands once in each file of the log; the lines after it name its line (DESIGN 7)."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.keys import ReleaseKeys, naming
from graph.model import AgreementId, EntryId, OpaqueId
from schema.disclosed import KeptIds
from schema.execute import Answer, Question
from server.audit import lists_on_file
from server.audit.chain import START, chained, encoded
from server.audit.chain_check import Placed, What, check
from server.audit.disclosures import Disclosures, Names
from server.audit.disclosures_read import DisclosuresRead
from server.audit.files import AuditFiles
from server.audit.lists_on_file import FEWEST, ListsOnFile
from server.audit.log import Records, Sync, Unwritten, open_log
from tests.audit_lines import asking, written_together
from tests.bench.many_cases import many_cases
from tests.partner_client import partner_app, token
from tests.partner_world import published, release
from tests.test_audit_log import room_for

C1, C2 = EntryId("C-1"), EntryId("C-2")
KEY = b"k" * 32


def ids(first: str = "0", count: int = FEWEST) -> tuple[OpaqueId, ...]:
    return KeptIds(OpaqueId(f"{first}-{place}") for place in range(count))


def told(user: str = "ann") -> bytes:
    answer = Answer(True, {}, [])
    return asking("ndex", user).answered(Question("{ a }", None, {}), b"", "v1", answer)


def written(base: Path, *lists: Records, sync: Sync = Sync.SOON, most_bytes: int = 1 << 20) -> AuditFiles:
    """A log whose lines have these, one after the other, by users who are named by their places."""

    async def work() -> AuditFiles:
        log = open_log(base, sync, most_bytes)
        for place, records in enumerate(lists):
            await log.write(told(f"{place}"), records)
        await log.close()
        return log.files

    return asyncio.run(work())


def lines(files: AuditFiles) -> list[dict[str, Any]]:
    return [json.loads(placed.line) for placed in files.lines()]


def records(files: AuditFiles) -> list[object]:
    """What each line has: how many ids, or the number of the line that it names, negative."""
    return [-line["records_as"] if "records_as" in line else len(line["records"]) for line in lines(files)]


def found(files: AuditFiles) -> list[tuple[What, int]]:
    return [(finding.what, finding.first) for finding in check(files.lines()).findings]


# --- writing ---


@pytest.mark.parametrize("sync", Sync)
def test_a_list_that_is_told_again_is_named_by_its_line(tmp_path: Path, sync: Sync) -> None:
    one, other = ids("a"), ids("b")
    files = written(tmp_path, one, other, one, one, other, sync=sync)
    assert (records(files), found(files)) == ([FEWEST, FEWEST, -1, -1, -2], [])
    assert [line.get("records") for line in lines(files)[:2]] == [[*one], [*other]]


def test_few_ids_another_list_of_the_same_and_one_that_is_not_kept_are_told_whole(tmp_path: Path) -> None:
    few, passing = ids(count=FEWEST - 1), tuple(ids())
    assert records(written(tmp_path, few, few, (), (), ids(), ids())) == [15, 15, 0, 0, 16, 16]
    assert records(written(tmp_path, passing, passing))[-2:] == [16, 16]


def test_each_file_has_the_list_so_that_it_can_be_read_alone(tmp_path: Path) -> None:
    one = ids()
    files = written(tmp_path, *[one] * 7, most_bytes=1000)
    assert (records(files), files.numbers()) == ([16, -1, -1, 16, -4, -4, 16], [1, 2, 3])
    assert found(files) == []


def test_a_process_that_goes_on_with_a_file_tells_its_lists_whole(tmp_path: Path) -> None:
    one = ids()
    written(tmp_path, one, one)
    files = written(tmp_path, one, one)
    assert (records(files), files.numbers(), found(files)) == ([16, -1, 16, -3], [1], [])


def test_a_list_that_was_not_written_is_not_named(tmp_path: Path) -> None:
    one = ids("x" * 100)

    async def work() -> AuditFiles:
        log = open_log(tmp_path, Sync.SOON, 1 << 20)
        with room_for(500), pytest.raises(Unwritten):
            await log.write(told(), one)
        for _ in range(2):
            await log.write(told(), one)
        await log.close()
        return log.files

    assert records(files := asyncio.run(work())) == [16, -1]
    assert found(files) == []


def test_so_many_ids_are_remembered_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists_on_file, "_MOST", 3 * FEWEST)
    lists, pages = ListsOnFile(), [ids(name) for name in "abcd"]
    told = [lists.member(page, number) for number, page in enumerate([*pages, pages[3], pages[0]], start=1)]
    named = [json.loads(b"{" + member[1:] + b"}").get("records_as") for member in told]
    assert named == [None, None, None, None, 4, None]


# --- together ---


def test_lines_of_one_turn_of_the_loop_are_written_by_one_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work() -> tuple[AuditFiles, list[int]]:
        log, one = open_log(tmp_path, Sync.SOON, 1 << 20), ids()
        with monkeypatch.context() as counting:
            calls = written_together(counting)
            await asyncio.gather(*(log.write(told(), one) for _ in range(8)))
            await log.write(told(), one)
        await log.close()
        return log.files, calls

    files, calls = asyncio.run(work())
    assert (calls, found(files)) == ([8, 1], [])
    assert records(files) == [16, *[-1] * 8]


def test_where_they_cannot_be_written_none_of_them_is_answered(tmp_path: Path) -> None:
    async def work() -> list[bool]:
        log = open_log(tmp_path, Sync.SOON, 1 << 20)
        with room_for(500):
            refused = await asyncio.gather(*(log.write(told(), ()) for _ in range(8)), return_exceptions=True)
        await log.close()
        assert lines(log.files) == []
        return [isinstance(each, Unwritten) for each in refused]

    assert asyncio.run(work()) == [True] * 8


def test_one_that_is_given_up_meanwhile_stands_in_the_log_all_the_same(tmp_path: Path) -> None:
    async def work() -> AuditFiles:
        log = open_log(tmp_path, Sync.SOON, 1 << 20)
        given_up = asyncio.create_task(log.write(told(), ()))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.sleep(0)
        await log.close()
        return log.files

    assert records(asyncio.run(work())) == [0]


# --- reading ---


def chain(*members: bytes, files: str = "1") -> list[Placed]:
    """Lines with these members, and the files that they stand in."""
    head, placed = START, []
    for member, file in zip(members, files.ljust(len(members), files[-1]), strict=True):
        line, head = chained(head, encoded({"event": "answered"}), member)
        placed.append(Placed(line[:-1], f"{file}:1", file=Path(file)))
    return placed


def untold(placed: list[Placed]) -> list[int]:
    findings = check(placed).findings
    assert {finding.what for finding in findings} <= {What.UNTOLD}
    return [finding.first for finding in findings]


LIST, AS_1 = b',"records":["a"]', b',"records_as":1'


def test_a_line_that_names_none_with_a_list_before_it_in_its_file_is_found() -> None:
    assert untold(chain(LIST, AS_1, AS_1)) == []
    assert untold(chain(LIST, AS_1, b',"records_as":2', b',"records_as":9', b',"records_as":-1')) == [3, 4, 5]
    assert untold(chain(AS_1, LIST)) == [1]
    assert untold(chain(b"", AS_1)) == [2]
    assert untold(chain(LIST, AS_1, LIST, AS_1, b',"records_as":3', files="1122")) == [4]
    assert untold(chain(b',"records":["a"],"records_as":1')) == [1]


def test_a_line_that_names_what_is_no_number_is_none_of_a_log() -> None:
    [finding] = check([*chain(LIST, b',"records_as":"1"', LIST)]).findings
    assert (finding.what, finding.first) == (What.CHANGED, 2)


def opaque(id: EntryId) -> OpaqueId:
    return naming(ReleaseKeys(naming=KEY, version=b""), AgreementId("ndex"))(id)


def given_to(files: AuditFiles, id: EntryId) -> list[str]:
    return [line["user"] for line in Disclosures(id, Names([KEY])).among(files.lines())]


def test_who_was_given_a_record_is_found_through_the_line_that_is_named(tmp_path: Path) -> None:
    one, other = KeptIds((opaque(C1), *ids("a"))), KeptIds((opaque(C2), *ids("b")))
    files = written(tmp_path, one, other, one, other, one)
    assert (given_to(files, C1), given_to(files, C2)) == (["0", "2", "4"], ["1", "3"])


def test_a_number_leads_to_the_line_of_its_own_file_alone(tmp_path: Path) -> None:
    one, other = KeptIds((opaque(C1), *ids("a"))), KeptIds((opaque(C2), *ids("b")))
    logs = [written(tmp_path / name, page, page) for name, page in (("x", one), ("y", other))]
    both = [placed for files in logs for placed in files.lines()]
    assert len(list(Disclosures(C1, Names([KEY])).among(both))) == 2


def test_the_office_finds_the_line_that_is_named_where_it_has_read_it_before(tmp_path: Path) -> None:
    read, one, files = DisclosuresRead(), KeptIds((opaque(C1), *ids())), AuditFiles(tmp_path / "log")
    (tmp_path / "log").mkdir()
    lists, all_told = ListsOnFile(), []
    for number in range(1, 4):
        with files.path(1).open("ab") as file:
            line, _ = chained(START, told(f"{number}"), lists.member(one, 1))
            file.write(line)
        all_told.append([line["user"] for line in read.of(C1, [files], [KEY])])
    assert all_told == [["1"], ["1", "2"], ["1", "2", "3"]]


def test_a_page_that_partners_ask_for_again_is_told_once_in_the_log(tmp_path: Path) -> None:
    query = "{ cases { nodes { number documents { nodes { id } } } } }"

    async def work() -> AuditFiles:
        log = open_log(tmp_path, Sync.SOON, 1 << 20)
        app = partner_app(published(release(many_cases(2))), trail=log)
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://partner.test"
        ) as client:
            for _ in range(5):
                headers = {"Authorization": f"Bearer {token()}"}
                assert (
                    await client.post("/graphql", json={"query": query}, headers=headers)
                ).status_code == 200
        await log.close()
        return log.files

    files = asyncio.run(work())
    assert (records(files), found(files)) == ([22, 22, -2, -2, -2], [])
