"""`caselink backup`: a consistent copy of a home, made while it runs."""

from datetime import UTC, datetime
from pathlib import Path

import click

from graph.many import many
from loaders.drawn import told
from server.backup import back_up
from server.commands.session import JSON_OPTION, Session, note, print_json, record, say


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@JSON_OPTION
@click.pass_obj
def backup(session: Session, folder: Path, as_json: bool) -> None:
    """Copy the home to DIR: keys, rules, holdings, releases and their history, audit logs.

    DIR is as secret as the home.
    """
    home = session.home()
    made = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with home.alone("caselink backup", note):
        record(home, "backing up", folder=told(folder))
    manifest = back_up(home, folder, made, note)
    size = sum(file.bytes for file in manifest.files.values())
    if as_json:
        print_json({"path": told(folder), "made": made, "files": len(manifest.files), "bytes": size})
    else:
        say(
            f"{told(folder)}: {many(len(manifest.files), 'file')}, {many(size, 'byte')}, as they were at {made}"
        )
