"""The jars of the tests' Neo4j: none is started but the published ones, and none is half fetched. Needs no Neo4j."""

import hashlib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.neo4j_server.errors import CannotStart
from tests.neo4j_server.jars import POM, VERSION, cache_folder, checked_jars, difference, published_sums
from tests.neo4j_server.java import find_java

JARS = {"a.jar": b"first", "b.jar": b"second"}
SUMS = {name: hashlib.sha256(content).hexdigest() for name, content in JARS.items()}


def hold(folder: Path, jars: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, content in jars.items():
        (folder / name).write_bytes(content)
    return folder


def pretend_maven(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """Let `script` be what answers to `mvn`, with $OUT as the folder that it is asked to fill."""
    folder.mkdir()
    command = folder / "mvn"
    command.write_text(f'#!/bin/sh\nfor last; do :; done\nOUT="${{last#-DoutputDirectory=}}"\n{script}\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=":")


def refused(folder: Path) -> str:
    with pytest.raises(CannotStart) as refusal:
        checked_jars(folder, SUMS)
    return str(refusal.value)


def test_the_published_jars_are_all_listed_once() -> None:
    sums = published_sums()
    assert (len(sums), {len(digest) for digest in sums.values()}) == (213, {64})
    assert [name for name in sums if name.startswith("neo4j-5")] == [f"neo4j-{VERSION}.jar"]


def test_the_version_is_the_one_that_maven_is_asked_for() -> None:
    names = {"m": "http://maven.apache.org/POM/4.0.0"}
    stated = ElementTree.parse(POM).findall("m:dependencies/m:dependency", names)
    asked = [
        (one.findtext("m:artifactId", None, names), one.findtext("m:version", None, names)) for one in stated
    ]
    assert asked == [("neo4j", VERSION)]


def test_whole_jars_are_taken_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = hold(tmp_path / "lib", JARS)
    assert checked_jars(folder, SUMS) == [folder / "a.jar", folder / "b.jar"]


@pytest.mark.parametrize(
    ("held", "wrong"),
    [
        (JARS, None),
        ({**JARS, "b.jar": b"secone"}, "b.jar has other bytes than were published"),
        ({"a.jar": b"first"}, "b.jar is missing"),
        ({**JARS, "c.jar": b""}, "c.jar is not one of its jars"),
    ],
)
def test_a_changed_byte_and_a_missing_and_a_foreign_jar_are_found(
    tmp_path: Path, held: dict[str, bytes], wrong: str | None
) -> None:
    assert difference(hold(tmp_path / "lib", held), SUMS) == wrong


def test_a_changed_jar_is_refused_in_one_sentence_that_says_how_to_mend_it(tmp_path: Path) -> None:
    folder = hold(tmp_path / "lib", {**JARS, "a.jar": b"fIrst"})
    assert refused(folder) == (
        f"{folder} does not hold the published Neo4j {VERSION}: "
        "a.jar has other bytes than were published. Delete that folder and start again."
    )


def test_jars_that_are_not_there_are_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = hold(tmp_path / "source", JARS)
    pretend_maven(monkeypatch, tmp_path / "bin", f'cp -r {source} "$OUT"')
    folder = tmp_path / "cache" / "lib"
    assert checked_jars(folder, SUMS) == [folder / "a.jar", folder / "b.jar"]
    assert list(folder.parent.iterdir()) == [folder]


def test_what_was_half_fetched_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_maven(
        monkeypatch,
        tmp_path / "bin",
        'mkdir "$OUT"; printf first > "$OUT/a.jar"; echo "[ERROR] The line is dead"; exit 1',
    )
    folder = tmp_path / "cache" / "lib"
    assert refused(folder) == "Maven could not fetch the jars of Neo4j: The line is dead"
    assert list(folder.parent.iterdir()) == []


def test_jars_that_were_changed_on_their_way_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = hold(tmp_path / "source", {**JARS, "b.jar": b"other"})
    pretend_maven(monkeypatch, tmp_path / "bin", f'cp -r {source} "$OUT"')
    folder = tmp_path / "cache" / "lib"
    assert refused(folder) == (
        "Maven brought jars that jars.sha256 does not list: b.jar has other bytes than were published."
    )
    assert list(folder.parent.iterdir()) == []


def test_of_two_who_fetch_at_once_the_second_takes_what_the_first_brought(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = hold(tmp_path / "source", JARS)
    folder = tmp_path / "cache" / "lib"
    pretend_maven(monkeypatch, tmp_path / "bin", f'cp -r {source} "$OUT"; cp -r {source} {folder}')
    assert checked_jars(folder, SUMS) == [folder / "a.jar", folder / "b.jar"]
    assert list(folder.parent.iterdir()) == [folder]


def test_without_maven_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(tmp_path / "lib") == (
        "The jars of Neo4j are fetched by Maven, which is not here: install it (on Debian: apt-get install maven)."
    )


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    folder = tmp_path / "file" / "lib"
    assert refused(folder) == f"The jars of Neo4j cannot be kept in {folder}: File exists."


@pytest.mark.parametrize(
    ("stated", "caches"),
    [("/elsewhere", "/elsewhere"), ("", "/home/one/.cache"), ("here", "/home/one/.cache")],
)
def test_the_cache_is_where_the_machine_keeps_caches(
    monkeypatch: pytest.MonkeyPatch, stated: str, caches: str
) -> None:
    monkeypatch.setenv("HOME", "/home/one")
    monkeypatch.setenv("XDG_CACHE_HOME", stated)
    assert cache_folder() == Path(caches) / "caselink" / f"neo4j-{VERSION}" / "lib"


def pretend_java(monkeypatch: pytest.MonkeyPatch, folder: Path, version: str) -> Path:
    (folder / "bin").mkdir()
    command = folder / "bin" / "java"
    command.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    command.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(folder))
    return command


@pytest.mark.parametrize("version", ["17.0.15", "21", "17-ea"])
def test_a_java_that_is_new_enough_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    java = pretend_java(monkeypatch, tmp_path, version)
    assert find_java() == str(java)


@pytest.mark.parametrize(("version", "major"), [("1.8.0_292", 1), ("11.0.2", 11), ("what?", 0)])
def test_a_java_that_is_too_old_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, major: int
) -> None:
    java = pretend_java(monkeypatch, tmp_path, version)
    with pytest.raises(CannotStart) as refusal:
        find_java()
    assert str(refusal.value) == (
        f"Neo4j needs Java 17, and {java} is version {major}: "
        "install a Java 17 runtime (on Debian: apt-get install openjdk-17-jre-headless)."
    )


def test_without_java_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(CannotStart) as refusal:
        find_java()
    assert str(refusal.value) == (
        "Neo4j needs Java, and there is none here: "
        "install a Java 17 runtime (on Debian: apt-get install openjdk-17-jre-headless)."
    )
