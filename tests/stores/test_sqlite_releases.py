"""Releases in a SQLite file of their own: what is withdrawn leaves its bytes nowhere, and readers cannot write."""

import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from graph.errors import StoreError, StoreLocked, StoreUnreachable
from graph.model import OpaqueId
from graph.release import Content, Release, ReleasedCase, ReleasedLink, ReleasedRecord
from graph.release_store import Change
from graph.stores.sqlite import Database
from graph.stores.sqlite_releases import open_reader, open_releases
from tests.building import COUNTY, NDEX, Agency, agreement, rules
from tests.memory_releases import MARK
from tests.ordinary_user import as_ordinary_user
from tests.plain_lines import Made, case, delete, document, link, prop, subject
from tests.test_keys import CASE

SECRET = "Zanzibar freight"
OTHER = "Quokka shipping"
LINES = [
    *[case("C-1", "NY03-0001"), case("C-2", "NY03-0002", title=SECRET, synopsis=f"{SECRET} " * 2_000)],
    *[document("D-1", "NY03-0001-001", SECRET), subject("S-1", prop("name", SECRET), prop("alias", OTHER))],
    *[link("L-1", "C-1", "CONTAINS", "D-1", role=SECRET), link("L-2", "S-1", "SUBJECT_OF", "C-1")],
]


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    return tmp_path / "releases.sqlite"


@pytest.fixture(name="made")
def _made(file: Path) -> Iterator[Agency]:
    """An agency that has published LINES to two agreements in one file."""
    with open_releases(file, MARK) as releases:
        made = Agency(rules(agreement("ndex"), agreement("county")), releases=releases)
        made.load(*LINES)
        made.publish()
        yield made


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.stores.sqlite.WAIT_SECONDS", 0.05)
    monkeypatch.setattr("graph.stores.sqlite_gaps._AT_A_TIME_SECONDS", 0.05)


def bytes_of(file: Path) -> bytes:
    """All that stands in the database's files: itself, its log, and the log's index."""
    return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))


def test_many_links_are_found_by_their_ends_as_few_are(
    made: Agency, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.stores.sqlite_links.MANY_LINKS", 1)
    many = tmp_path / "many.sqlite"
    with open_releases(many, MARK) as releases:
        whole = made.releases.read(NDEX)
        assert whole is not None
        links = [*whole.content.links.values()]
        releases.apply(whole.header, Change(records=[*whole.content.records.values()], links=links))
        assert releases.read(NDEX) == whole
    assert _indexes(many) == _indexes(file) != []


@pytest.mark.parametrize("many", [1, 20_000])
@pytest.mark.parametrize("also_gone", [(), (OpaqueId("x"),)])
def test_links_without_an_end_are_refused_with_all_that_comes_with_them(
    made: Agency, monkeypatch: pytest.MonkeyPatch, many: int, also_gone: tuple[OpaqueId, ...]
) -> None:
    monkeypatch.setattr("graph.stores.sqlite_links.MANY_LINKS", many)
    before = made.releases.read(NDEX)
    assert before is not None
    links, records = [*before.content.links.values()], [*before.content.records.values()]
    whole = Change(records=records, links=links, gone_records=also_gone)
    made.releases.apply(before.header, whole)
    loose = msgspec.structs.replace(links[0], id=OpaqueId("l"), tail=OpaqueId("nowhere"))
    with pytest.raises(StoreError):
        made.releases.apply(before.header, replace(whole, links=[*links, loose]))
    assert made.releases.read(NDEX) == before


def _indexes(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        ).fetchall()


WITHDRAWING: list[list[Made]] = [
    [delete("C-2"), delete("D-1"), delete("S-1"), delete("L-1")],
    [line | {"access_codes": ["T3"]} for line in LINES[1:5]],
    [
        LINES[1] | {"title": "", "synopsis": ""},
        LINES[2] | {"narrative": ""},
        LINES[4] | {"role": ""},
        LINES[3] | {"properties": []},
    ],
]


@pytest.mark.parametrize("lines", WITHDRAWING, ids=["deleted", "coded", "changed"])
def test_withdrawn_bytes_leave_the_files(file: Path, made: Agency, lines: list[Made]) -> None:
    assert SECRET.encode() in bytes_of(file)
    made.load(*lines)
    made.restrict()
    assert SECRET.encode() not in bytes_of(file)


def test_a_release_that_is_dropped_leaves_no_bytes(file: Path, made: Agency) -> None:
    made.releases.drop(NDEX)
    assert OTHER.encode() in bytes_of(file)
    made.releases.drop(COUNTY)
    assert (OTHER.encode() in bytes_of(file), made.releases.headers()) == (False, {})


def test_of_what_was_withdrawn_the_ids_of_records_stay_in_the_history_and_nowhere_else(
    file: Path, made: Agency
) -> None:
    gone = {opaque: id for opaque, id in made.names("ndex").items() if id in ("C-2", "S-1", "L-2")}
    made.load(delete("C-2"), delete("S-1"))
    made.restrict()
    assert {id for opaque, id in gone.items() if opaque.encode() in bytes_of(file)} == {"C-2", "S-1"}
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("DELETE FROM touch")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert [id for opaque, id in gone.items() if opaque.encode() in bytes_of(file)] == []


def test_nothing_of_the_holdings_is_in_the_file(file: Path, made: Agency) -> None:
    made.load(case("C-9", "NY09-0009", access_codes=["T3"], title="Never released"), path="more.jsonl")
    made.publish()
    held = [
        b"C-1",
        b"S-1",
        b"L-2",
        b"T3",
        b"title_iii",
        b"Never released",
        b"NY09-0009",
        b"access_codes",
        b'REL"',
    ]
    assert [text for text in held if text in bytes_of(file)] == []


def test_a_withdrawal_is_not_acknowledged_while_its_bytes_are_still_there(
    file: Path, made: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.stores.sqlite_gaps.PATIENCE_SECONDS", 0.0)
    with open_reader(file) as reader, reader._database.reading() as connection:
        connection.execute("SELECT count(*) FROM record").fetchone()
        made.load(delete("C-2"), delete("D-1"), delete("S-1"), delete("L-1"))
        with pytest.raises(StoreLocked) as refused:
            made.restrict()
    assert str(refused.value).startswith(f"{file}: a reader keeps an old snapshot open")
    made.restrict()
    assert SECRET.encode() not in bytes_of(file)


def test_a_reader_that_reads_for_long_is_waited_for_and_signs_of_life_are_given_meanwhile(
    file: Path, made: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    truncate, tries, signs = Database.truncate_log, list[bool](), list[bool]()

    def truncating(database: Database, wait: float) -> bool:
        tries.append(truncate(database, wait))
        if len(tries) == 3:
            reading.close()
        return tries[-1]

    def pause(_: float) -> None:
        giving = threading.Thread(target=made.releases.turns.give_sign, daemon=True)
        giving.start()
        giving.join(60)
        signs.append(not giving.is_alive())

    with open_reader(file) as reader, ExitStack() as reading:
        connection = reading.enter_context(reader._database.reading())
        connection.execute("SELECT count(*) FROM record").fetchone()
        made.load(delete("C-2"), delete("D-1"), delete("S-1"), delete("L-1"))
        monkeypatch.setattr(Database, "truncate_log", truncating)
        monkeypatch.setattr(
            "graph.stores.sqlite_gaps.time", SimpleNamespace(monotonic=time.monotonic, sleep=pause)
        )
        made.restrict()
    assert (tries[:4], signs) == ([False, False, False, True], [True] * 3)
    assert SECRET.encode() not in bytes_of(file)


# --- readers ---


def test_what_is_held_until_a_person_accepts_it_is_due_whatever_the_clock_says(
    file: Path, made: Agency
) -> None:
    made.releases.announce_restriction(0)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT due_at FROM restriction").fetchall() == [(0,)]


@pytest.mark.parametrize("name", ["releases.sqlite", "releases.sqlite.readers"])
@pytest.mark.parametrize("replaced", [False, True], ids=["removed", "replaced"])
def test_a_reader_whose_file_was_removed_or_replaced_knows_no_more_what_is_current(
    file: Path, made: Agency, name: str, replaced: bool
) -> None:
    moved = file.with_name(name)
    with open_reader(file) as reader:
        known = reader.standing()
        moved.rename(f"{moved}.old")
        if replaced:
            shutil.copyfile(f"{moved}.old", moved)
        with pytest.raises(StoreUnreachable) as refused:
            reader.standing()
    assert not known.restriction_due
    assert str(refused.value) == (
        f"{moved}: was removed or replaced while this process had it open; start this process anew"
    )


def test_a_reader_reads_whole_releases_and_has_no_way_to_write_one(file: Path, made: Agency) -> None:
    with open_reader(file) as reader:
        assert reader.read(NDEX) == made.releases.read(NDEX) == Release(made.header(), made.content())
        assert reader.headers() == made.releases.headers()
        assert (reader.header(COUNTY), reader.header("x")) == (made.header("county"), None)  # type: ignore[arg-type]
        assert [name for name in ("apply", "drop") if hasattr(reader, name)] == []


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM record", "CREATE TABLE t (x)", "UPDATE release SET header = 'x'", "DROP TABLE link"],
)
def test_a_reader_cannot_write_even_by_hand(file: Path, made: Agency, statement: str) -> None:
    with open_reader(file) as reader:
        database = reader._database
        with pytest.raises(StoreLocked) as refused, database.writing() as connection:
            connection.execute(statement)
    assert (
        str(refused.value) == f"{file}: it is read-only; give this user the right to write it and its folder"
    )
    assert made.seen() == {line["id"] for line in LINES}


def test_a_reader_opens_a_file_that_nobody_else_has_open(file: Path) -> None:
    with open_releases(file, MARK) as releases:
        made = Agency(releases=releases)
        made.load(*LINES)
        made.publish()
        release = made.releases.read(NDEX)
    assert {each.name for each in file.parent.iterdir()} == {file.name, f"{file.name}.readers"}
    with open_reader(file) as reader:
        assert reader.read(NDEX) == release


def test_a_reader_who_may_not_write_the_folder_still_reads() -> None:
    with as_ordinary_user() as folder:
        file = folder / "releases.sqlite"
        with open_releases(file, MARK) as releases:
            made = Agency(releases=releases)
            made.load(*LINES)
            made.publish()
            release = made.releases.read(NDEX)
            file.chmod(0o444)
            folder.chmod(0o555)
            with open_reader(file) as reader:
                assert reader.read(NDEX) == release
            file.chmod(0o600)
            folder.chmod(0o700)


def test_a_reader_sees_one_version_or_the_next_and_nothing_between(file: Path, made: Agency) -> None:
    before = made.releases.read(NDEX)
    with open_reader(file) as reader:
        assert reader.read(NDEX) == before
        with made.releases._database.writing() as connection:  # type: ignore[attr-defined]
            connection.execute("DELETE FROM link")
            assert reader.read(NDEX) == before
            connection.execute("ROLLBACK")
            connection.execute("BEGIN")
        made.load(delete("C-2"))
        made.restrict()
        assert reader.read(NDEX) == made.releases.read(NDEX) != before


def test_a_file_that_is_not_there_is_told_to_a_reader_and_not_made(file: Path) -> None:
    with pytest.raises(StoreUnreachable) as refused:
        open_reader(file)
    assert str(refused.value) == f"{file}: no such file; publish first, or mend the home's caselink.toml"
    assert not file.exists()


def test_a_file_of_another_shape_is_told_to_a_reader(file: Path) -> None:
    sqlite3.connect(file).close()
    file.write_bytes(b"SQLite format 3\x00" + b"\xff" * 4096)
    with pytest.raises(StoreError) as refused, open_reader(file) as reader:
        reader.headers()
    assert str(refused.value) == f"{file}: is no whole SQLite file; restore it from a backup"


# --- one transaction ---


def test_a_link_without_both_its_records_is_refused_and_nothing_of_its_change_is_kept(made: Agency) -> None:
    before = made.releases.read(NDEX)
    records = list(made.content().records)
    loose = ReleasedLink(id=CASE.id, type="RELATED_TO", head=CASE.id, tail=CASE.id)
    half = ReleasedLink(id=CASE.id, type="RELATED_TO", head=CASE.id, tail=records[0])
    for change in (Change(links=[loose]), Change([CASE], [half], [records[0]]), Change(gone_records=records)):
        with pytest.raises(StoreError):
            made.releases.apply(made.header(), change)
        assert made.releases.read(NDEX) == before


def test_releases_of_two_agreements_do_not_touch_each_other(made: Agency) -> None:
    before = made.releases.read(COUNTY)
    made.releases.apply(made.header("ndex"), Change.between(made.content("ndex"), Content()))
    assert made.content("ndex") == Content()
    assert made.releases.read(COUNTY) == before


def test_a_change_is_the_difference_and_applying_it_gives_the_new_content(made: Agency) -> None:
    old, changed = made.content(), ReleasedCase(CASE.id, "NY03-0001", title="New")
    kept: dict[OpaqueId, ReleasedRecord] = {
        id: record for id, record in old.records.items() if isinstance(record, ReleasedCase)
    }
    new = Content(kept | {CASE.id: changed})
    change = Change.between(old, new)
    assert (list(change.records), list(change.links), set(change.gone_links)) == (
        [changed],
        [],
        set(old.links),
    )
    assert set(change.gone_records) == old.records.keys() - kept.keys()
    made.releases.apply(made.header(), change)
    assert made.content() == new
    assert Change.between(new, new) == Change([], [], [], [])
