"""What every command starts from: the home that `--home` names, its clock, and how a result is printed."""

import getpass
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
import orjson

from graph.printable import printable
from graph.publish import Publisher
from graph.store import StoredHoldings
from graph.take_back import take_back_again
from server import rotation
from server.audit.journal import OFFICE_FILE, Journal
from server.clock import Clock
from server.dropped import DropMark
from server.home import Home, open_home
from server.json_log import OURS
from server.owner import claim, claim_releases
from server.stores import open_holdings, open_releases
from server.turns import turn
from server.withdrawals import Record

JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object.")


@dataclass(frozen=True, slots=True)
class Session:
    """One command's folder and environment. chosen: the folder was named, not left to its default."""

    folder: Path
    chosen: bool
    environment: Mapping[str, str]

    def any_home(self) -> Home:
        """The home, though it was dropped. Raises HomeError where there is none."""
        return open_home(self.folder, self.environment)

    def home(self) -> Home:
        """The home, unless it was dropped. A change of its keys that was stopped is finished. Raises HomeError."""
        home = self.any_home()
        DropMark(home.folder).refuse()
        if rotation.is_begun(home):
            with home.alone(_doing(), note):
                if rotation.is_begun(home):
                    note("A change of the keys was stopped; it is being finished.")
                    record(home, "keys rotated", dropped=rotation.finish(home))
        return home


@contextmanager
def publisher(
    home: Home, tell: Callable[[str], None] | None = None, *, first: bool = False
) -> Iterator[Publisher]:
    """The home's publisher, alone, with both stores open and the turn to write to each.

    tell, first: as in `Home.alone`: a command waits for others and says so, and who withdraws goes first.
    """
    keys = home.release_keys()
    with (
        writing_holdings(home, tell, first=first) as holdings,
        closing(open_releases(home)) as releases,
        turn(home, releases.turns, tell),
    ):
        if home.settings.releases is not None:
            claim_releases(home, releases)
        take_back_again(holdings, releases)
        yield Publisher(holdings, releases, keys, note)


@contextmanager
def onlooker(home: Home) -> Iterator[Publisher]:
    """The home's publisher for a command that only reads: it waits for nobody and keeps nobody waiting."""
    keys = home.release_keys()
    with open_holdings(home) as holdings, closing(open_releases(home)) as releases:
        yield Publisher(holdings, releases, keys, note)


@contextmanager
def writing_holdings(
    home: Home, tell: Callable[[str], None] | None = None, *, first: bool = False
) -> Iterator[StoredHoldings]:
    """The home's holdings, and the turn to write to them; no other command writes to this home meanwhile."""
    with (
        home.alone(_doing(), tell, first=first),
        open_holdings(home) as holdings,
        turn(home, holdings.turns, tell),
    ):
        if home.settings.holdings is not None:
            claim(home, holdings)
        yield holdings


def _doing() -> str:
    """What others are told who wait for this command. The office app answers in threads, where there is no command."""
    context = click.get_current_context(silent=True)
    if context is None:
        return "an officer's act"
    names: list[str] = []
    while context.parent is not None:
        names.insert(0, str(context.info_name))
        context = context.parent
    return " ".join(["caselink", *names])


def clock(home: Home) -> Clock:
    """The home's clock, read now."""
    return Clock(home.settings, datetime.now(UTC))


def record(home: Home, event: str, **told: object) -> None:
    """A line in the office's audit log, with the user of this machine who gave the command."""
    Journal(home.folder / "audit" / OFFICE_FILE).append(event, who=user(), **told)


def recorder(home: Home) -> Record:
    """The same, for who does not know the home."""
    return partial(record, home)


def user() -> str:
    """The user's name, whatever bytes it is made of; a container may run as a number that has none."""
    try:
        return os.fsencode(getpass.getuser()).decode("utf-8", "backslashreplace")
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def print_json(result: object) -> None:
    """A result as JSON on stdout."""
    click.echo(orjson.dumps(result, option=orjson.OPT_INDENT_2).decode())


def say(line: str, *, err: bool = False) -> None:
    """A line of a result for a person: nothing that others wrote, partners among them, breaks it or moves a cursor."""
    click.echo(printable(line), err=err)


def note(sentence: str) -> None:
    """Something that is no result, on stderr; in a server that logs as JSON, in its log."""
    ours = logging.getLogger(OURS)
    if ours.isEnabledFor(logging.INFO):
        ours.info(sentence)
    else:
        for line in sentence.split("\n"):
            say(line, err=True)
