"""`caselink audit`: whether the logs are whole, and who has been given a record. It reads, and writes nothing."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import click

from graph.errors import NotOnFile, Tampered
from graph.many import many
from graph.model import AgreementId, EntryId
from graph.store import Holdings
from server.audit.chain_check import INNOCENT, Finding, What
from server.audit.disclosures import Disclosures, Names, is_opaque
from server.audit.journal import OFFICE_FILE
from server.audit.logs import AuditLogs
from server.audit.settings import HEADS, READS, read_audit_settings
from server.commands.session import JSON_OPTION, Session, note, print_json, say
from server.home import Home
from server.stores import open_holdings, open_releases

_LOGS_OPTION: Final = click.option(
    "--logs",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    multiple=True,
    help="Another folder of partners' logs, from another host say. Can be given several times.",
)
_SHOWN: Final = ("at", "agreement", "user", "token", "purpose", "case_number", "request", "version")

_SAID: Final = {
    What.CHANGED: "changed",
    What.DROPPED: "dropped: not there",
    What.MOVED: "moved: not in its place",
    What.ADDED: "added: a line that was not written there",
    What.REWRITTEN: "rewritten: not what the office was told",
    What.CUT_OFF: "cut off: the office was told of it",
    What.CUT_SHORT: "cut short by a crash, before its answer was sent",
    What.UNTOLD: "untold: the line that should have its records is not before it in its file",
}


@click.group()
def audit() -> None:
    """The audit logs: whether they are whole, and who has been given a record."""


@audit.command()
@_LOGS_OPTION
@JSON_OPTION
@click.pass_obj
def verify(session: Session, logs: tuple[Path, ...], as_json: bool) -> None:
    """Check each log against itself and against the heads that the office was told. Exit 5 where one was touched."""
    found = dict(_logs(session.any_home(), logs).checked())
    if as_json:
        told = [
            {"log": name, "lines": log.lines, "findings": [_json(finding) for finding in log.findings]}
            for name, log in found.items()
        ]
        print_json({"sound": all(log.is_sound for log in found.values()), "logs": told})
    else:
        for name, log in found.items():
            say(f"{name}: {many(log.lines, 'line')}, {'whole' if log.is_sound else 'NOT whole'}")
            for finding in log.findings:
                say(f"  {_sentence(finding)}")
    touched = [name for name, log in found.items() if not log.is_sound]
    if touched:
        raise Tampered(
            f"{len(touched)} of {len(found)} logs are not as they were written: {', '.join(touched)};"
            " keep them as they are, and compare them with a backup"
        )


@audit.command("disclosures")
@click.argument("record")
@click.option("--agreement", metavar="ID", help="Under this agreement alone.")
@_LOGS_OPTION
@JSON_OPTION
@click.pass_obj
def disclosures_of(
    session: Session, record: str, agreement: str | None, logs: tuple[Path, ...], as_json: bool
) -> None:
    """Tell who has been given RECORD, and when. RECORD: an id of the holdings, or an opaque id that a partner has."""
    home = session.home()
    names = Names(home.naming_keys())
    id, ids = _identified(home, record, names)
    given = [
        line
        for line in Disclosures(id, names).among(_logs(home, logs).lines())
        if agreement in (None, line["agreement"])
    ]
    given.sort(key=lambda line: str(line["at"]))
    if as_json:
        print_json({"record": id, "ids": ids, "given": [_shown(line) for line in given]})
        return
    for partner, opaque in ids.items():
        say(f"{id} is {', '.join(opaque)} under {partner}")
    for line in given:
        why = f" for “{line['purpose']}”" if "purpose" in line else ""
        case = f", case {line['case_number']}" if "case_number" in line else ""
        say(f"{line['at']} {line['agreement']}: {line['user']}{why}{case}, request {line['request']}")
    note(f"{id}: given {many(len(given), 'time')}" if given else f"{id}: given to nobody")


def _logs(home: Home, others: tuple[Path, ...]) -> AuditLogs:
    folder = read_audit_settings(home).folder
    return AuditLogs(
        home.folder / "audit" / OFFICE_FILE, home.folder / READS, home.folder / HEADS, (folder, *others)
    )


def _identified(home: Home, record: str, names: Names) -> tuple[EntryId, dict[str, list[str]]]:
    """The id in the holdings, and the opaque ids by agreement. Raises NotOnFile."""
    releases = open_releases(home)
    try:
        agreements = sorted({*releases.headers(), *home.rules().agreements})
    finally:
        releases.close()
    id = EntryId(record)
    with open_holdings(home) as holdings:
        if id not in holdings.held([id]):
            behind = _behind(holdings, record, names, agreements) if is_opaque(record) else None
            if behind is None:
                raise NotOnFile(
                    f"{record}: no such id is held, nor does one stand behind it; check how it is written"
                )
            id = behind
    return id, {agreement: list(names.of(id, AgreementId(agreement))) for agreement in agreements}


def _behind(holdings: Holdings, opaque: str, names: Names, agreements: list[AgreementId]) -> EntryId | None:
    # Closed here: an iteration that is left half-way would keep the store's file open.
    with closing(iter(holdings.entries())) as entries:  # type: ignore[type-var]  # stores stream by generators
        return names.behind(opaque, (entry.id for entry in entries), agreements)


def _json(finding: Finding) -> Mapping[str, Any]:
    return {
        "what": finding.what,
        "first": finding.first,
        "last": finding.last,
        "place": finding.place,
        "innocent": finding.what in INNOCENT,
    }


def _sentence(finding: Finding) -> str:
    lines = (
        f"line {finding.first:,}"
        if finding.first == finding.last
        else f"lines {finding.first:,} to {finding.last:,}"
    )
    place = f" ({finding.place})" if finding.place else ""
    return f"{lines}{place}: {_SAID[finding.what]}"


def _shown(line: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: line.get(name) for name in _SHOWN}
