"""`caselink rejects`: what could not be stored, and going on without it."""

import click

from graph.errors import CaselinkError
from graph.many import many
from graph.sources import accept, open_sources
from server.commands.adding import why_open
from server.commands.session import JSON_OPTION, Session, note, print_json, record, say, writing_holdings
from server.rejects import rejected_lines
from server.stores import open_holdings


@click.group()
def rejects() -> None:
    """Lines that could not be stored."""


@rejects.command("list")
@JSON_OPTION
@click.pass_obj
def list_rejects(session: Session, as_json: bool) -> None:
    """List the rejected lines of the last load of each file."""
    home = session.home()
    with open_holdings(home) as holdings:
        open_files = open_sources(holdings)
    lines = list(rejected_lines(home.rejects))
    if as_json:
        files = [
            {"path": path, "rejected": s.rejected, "finished": s.finished} for path, s in open_files.items()
        ]
        print_json({"open": files, "lines": lines})
        return
    for line in lines:
        say(f"{line['file']} line {line['line']} at {line['path']}: {line['sentence']}")
    for path, source in open_files.items():
        say(f"{path}: open, {why_open(source)}; publishing adds nothing")


@rejects.command("accept")
@click.option(
    "--reason", required=True, help="Why it is right to go on without these lines; kept in the audit log."
)
@JSON_OPTION
@click.pass_obj
def accept_rejects(session: Session, reason: str, as_json: bool) -> None:
    """Go on without the rejected lines. What a line with an id names stays withheld until a good line for that id."""
    if not reason.strip():
        raise CaselinkError(
            "--reason: say why it is right to go on without these lines; it is kept in the audit log"
        )
    home = session.home()
    with writing_holdings(home, note) as holdings:
        files = open_sources(holdings)
        if files:
            record(home, "rejects accepted", reason=reason, files=sorted(files))
            accept(holdings)
    if as_json:
        print_json({"accepted": sorted(files)})
    elif files:
        say(f"Accepted {many(len(files), 'file')}; publishing adds again. {reason}")
    else:
        say("No file is open: none has rejected lines, and each load came to its end.")
