"""`caselink drop`: take everything of a home out of its stores, for good. Rules, keys and audit logs stay."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict

import click

from graph.errors import NeedsAnswer
from graph.model import AgreementId
from server.commands.session import (
    JSON_OPTION,
    Session,
    note,
    onlooker,
    print_json,
    recorder,
    say,
    user,
)
from server.dropped import DropMark
from server.dropping import Dropping
from server.home import Home


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@JSON_OPTION
@click.pass_obj
def drop(session: Session, yes: bool, as_json: bool) -> None:
    """Take everything of the home out of its stores, for good: releases, then holdings."""
    home = session.any_home()
    if DropMark(home.folder).read() is None:
        home = session.home()
    if not yes:
        _ask(home)
    with home.alone("caselink drop", note, first=True):
        taken = Dropping(home, user(), recorder(home), note).run()
    if as_json:
        print_json({"home": str(home.folder), **asdict(taken)})
        return
    for line in _lines(taken.agreements, taken.held):
        say(f"gone  {line}")
    note(
        f"{home.folder} still has the rules, the keys, the audit logs and the rejected lines; delete it when you need"
        " them no more."
    )


def _ask(home: Home) -> None:
    """Ask for the name of the home's folder. Raises NeedsAnswer."""
    for line in _told(home):
        note(line)
    if not sys.stdin.isatty():
        raise NeedsAnswer("Nothing was taken away. Say --yes to take it away")
    name = home.folder.resolve().name
    typed = click.prompt(
        f"To go on type the name of the home's folder, {name}", "", err=True, show_default=False
    )
    if typed != name:
        raise NeedsAnswer("Nothing was taken away: that is not its name")


def _told(home: Home) -> Iterator[str]:
    dropped = DropMark(home.folder).read()
    if dropped is not None:
        yield dropped.sentence(home.folder)
        return
    with onlooker(home) as publishing:
        counts = {kind.value: count for kind, count in publishing.holdings.counts().items()}
        lines = _lines(publishing.releases.headers(), counts)
    yield f"For good, all of {home.folder} is taken out of its stores:"
    yield from lines
    yield "Every partner is refused from then on, and no command goes on with this home."


def _lines(agreements: Iterable[AgreementId], held: Mapping[str, int]) -> list[str]:
    counts = ", ".join(f"{kind} {count:,}" for kind, count in sorted(held.items()))
    return [f"releases: {', '.join(agreements) or 'none'}", f"holdings: {counts or 'nothing'}"]
