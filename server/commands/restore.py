"""`caselink restore`: a home made from a backup, which serves nothing until a person accepts it."""

from pathlib import Path

import click

from graph.errors import CaselinkError
from graph.restored import backup_held, let_go
from server.commands.adding import waiting
from server.commands.session import (
    JSON_OPTION,
    Session,
    clock,
    note,
    print_json,
    publisher,
    record,
    recorder,
    writing_holdings,
)
from server.restoring import Restoring
from server.withdrawals import drop_unknown, restrict


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), required=False)
@click.option(
    "--settings",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A caselink.toml in place of the one in the backup, where the stores have moved.",
)
@click.option("--accept", is_flag=True, help="Serve and add again: what came after the backup is there.")
@click.option("--reason", help="With --accept: how that is known; kept in the audit log.")
@JSON_OPTION
@click.pass_obj
def restore(
    session: Session,
    folder: Path | None,
    settings: Path | None,
    accept: bool,
    reason: str | None,
    as_json: bool,
) -> None:
    """Make the home from the backup in DIR; nothing is served before somebody accepts it."""
    if accept == (folder is not None) or (reason is not None) != accept or (accept and settings is not None):
        raise CaselinkError("restore: name DIR, or say --accept with --reason TEXT")
    if folder is not None:
        _restore(Restoring(folder, session.folder, settings, session.environment, note), as_json)
    else:
        _accept(session, reason or "", as_json)


def _restore(restoring: Restoring, as_json: bool) -> None:
    home, manifest = restoring.run()
    with publisher(home, note) as publishing:
        record(home, "restored", made=manifest.made)
        rules, moment = home.rules(), clock(home).moment(publishing.holdings)
        drop_unknown(publishing, rules, recorder(home))
        restrict(publishing, rules, moment, recorder(home))
    if as_json:
        print_json({"home": str(home.folder), "made": manifest.made, "held": True})
    else:
        click.echo(f"{home.folder}: restored as it was at {manifest.made}")
        note(waiting(manifest.made))
        note("Tokens that were made until now are void; make new ones.")


def _accept(session: Session, reason: str, as_json: bool) -> None:
    if not reason.strip():
        raise CaselinkError(
            "--reason: say how it is known that what came since the backup is there; it is kept in the audit log"
        )
    home = session.home()
    with writing_holdings(home, note) as holdings:
        made = backup_held(holdings)
        if made is not None:
            record(home, "restored home accepted", reason=reason, made=made)
            let_go(holdings, made)
    if as_json:
        print_json({"home": str(home.folder), "made": made, "held": False})
    elif made is None:
        click.echo("This home waits for nobody.")
    else:
        click.echo(
            f"Accepted the backup of {made}; the next `caselink publish` serves and adds again. {reason}"
        )
