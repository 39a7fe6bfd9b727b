"""`caselink load`: take files into the holdings, and withdraw from every release what may no longer be seen."""

import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from graph.draft import Moment, Rules
from graph.errors import CaselinkError, MappingError, StoreError, Unreadable
from graph.model import AgreementId
from graph.planning import Publication
from graph.publish import Publisher
from graph.sources import is_restriction_due
from loaders.drawn import Format, told
from loaders.lines import LinesFormat
from loaders.load import Loaded, Loading
from loaders.mapping import Mapping
from loaders.mapping_file import read_mapping
from loaders.tables import TableFormat
from server.commands.printing import Progress, publication_json, publication_line
from server.commands.session import (
    JSON_OPTION,
    Session,
    clock,
    note,
    print_json,
    publisher,
    record,
    recorder,
    say,
)
from server.condition import timed
from server.home import Home
from server.rejects import Rejects
from server.withdrawals import drop_unknown, say_undone

SOME_REJECTED = 3


@dataclass(frozen=True, slots=True)
class _File:
    """One loaded file: what the load did, or why it could not be read."""

    path: Path
    loaded: Loaded
    rejects: Path | None
    failure: str | None


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "kind", type=click.Choice(["jsonl", "neo4j-csv"]), default="jsonl", show_default=True
)
@click.option("--mapping", type=click.Path(path_type=Path), help="What the columns of neo4j-csv files are.")
@JSON_OPTION
@click.pass_context
def load(
    context: click.Context, paths: tuple[Path, ...], kind: str, mapping: Path | None, as_json: bool
) -> None:
    """Load holdings from files. Exit 0: all loaded; 3: some lines rejected; 2: a file could not be read."""
    session: Session = context.obj
    home = session.home()
    formats = [(path, _format(path, kind, _mapping(kind, mapping))) for path in paths]
    with publisher(home, note) as publishing:
        say_undone(publishing, note)
        rules = home.rules()
        moment = clock(home).moment(publishing.holdings)
        record(home, "loading", files=[told(path) for path in paths])
        clock(home).keep(moment, publishing.holdings)
        files: list[_File] = []
        with timed(publishing.holdings, "load"):
            try:
                files += (_load(home, publishing, rules, path, format) for path, format in formats)
            finally:
                # Whatever stopped it: what has been taken so far withholds what it withholds.
                dropped, publications = _withdraw(home, publishing, rules, moment)
        _record_loaded(home, files, publications)
    _print(files, publications, as_json)
    for id in dropped:
        note(f"{id}: no agreement is on file; its release was withdrawn whole")
    context.exit(_exit_code(files))


def _mapping(kind: str, path: Path | None) -> Mapping | None:
    if kind == "jsonl":
        if path is not None:
            raise MappingError("--mapping: only with --format neo4j-csv; JSON Lines need none")
        return None
    if path is None:
        raise MappingError("--format neo4j-csv: needs --mapping FILE.toml, which says what each column is")
    try:
        return read_mapping(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: cannot be read ({error}); check the path and its rights") from error


def _format(path: Path, kind: str, mapping: Mapping | None) -> Format:
    if mapping is None:
        return LinesFormat(path)
    tables = TableFormat(path, mapping)
    # Of all paths, before the first write: a label that the mapping does not name refuses the whole load.
    tables.check()
    return tables


def _load(home: Home, publishing: Publisher, rules: Rules, path: Path, format: Format) -> _File:
    known = told(Path(os.path.realpath(path)))
    rejects = Rejects(home.rejects, known)
    progress = Progress(told(path), format, sys.stderr)
    patterns, tell, announce = rules.policy.patterns, progress.tell, publishing.announce
    loading = Loading(known, format, publishing.holdings, patterns, rejects, tell, announce)
    try:
        loaded, failure = loading.run(), None
    except Unreadable as error:
        loaded, failure = Loaded(), str(error)
    progress.end()
    return _File(path, loaded, rejects.path if loaded.rejected else None, failure)


def _withdraw(
    home: Home, publishing: Publisher, rules: Rules, moment: Moment
) -> tuple[list[AgreementId], list[Publication]]:
    try:
        return drop_unknown(publishing, rules, recorder(home)), publishing.restrict(rules, moment)
    except StoreError as error:
        if not _is_due(publishing):
            raise
        raise StoreError(
            "The lines are stored, but the withdrawal is NOT done; partners are refused within a minute, until it is;"
            f" mend this and run any load or publish again: {error}"
        ) from error


def _is_due(publishing: Publisher) -> bool:
    """Whether lines are stored whose withdrawals are not done; a store that cannot tell is taken to say so."""
    try:
        return is_restriction_due(publishing.holdings)
    except StoreError:
        return True


def _record_loaded(home: Home, files: list[_File], publications: list[Publication]) -> None:
    releases = list(map(publication_json, publications))
    try:
        record(home, "loaded", files=list(map(_json, files)), releases=releases)
    except StoreError as error:
        raise StoreError(
            f"{error}. The lines are stored and the withdrawals done; only the log does not tell of them"
        ) from error


def _print(files: list[_File], publications: list[Publication], as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "loaded": sum(file.loaded.read - file.loaded.rejected for file in files),
                "rejected": sum(file.loaded.rejected for file in files),
                "files": [_json(file) for file in files],
                "releases": [publication_json(publication) for publication in publications],
            }
        )
        return
    for file in files:
        say(_sentence(file), err=file.failure is not None)
    for publication in publications:
        click.echo(publication_line(publication))


def _json(file: _File) -> dict[str, object]:
    told_of: dict[str, object] = {"path": told(file.path)} | asdict(file.loaded)
    return told_of | {
        "rejects": None if file.rejects is None else told(file.rejects),
        "failure": file.failure,
    }


def _sentence(file: _File) -> str:
    if file.failure is not None:
        return f"caselink: {file.failure}"
    loaded = file.loaded
    parts = [f"{loaded.read - loaded.rejected:,} loaded", f"{loaded.rejected:,} rejected"]
    more = (
        (loaded.unchanged, "unchanged"),
        (loaded.deleted, "deleted"),
        (loaded.ignored, "older than what is held"),
    )
    parts += [f"{count:,} {word}" for count, word in more if count]
    sentence = f"{told(file.path)}: {', '.join(parts)}."
    if file.rejects is None:
        return sentence
    return (
        f"{sentence} See {told(file.rejects)}; until this file loads without any, or `caselink rejects accept`,"
        " publishing adds nothing."
    )


def _exit_code(files: list[_File]) -> int:
    if any(file.failure is not None for file in files):
        return CaselinkError.exit_code
    return SOME_REJECTED if any(file.loaded.rejected for file in files) else 0
