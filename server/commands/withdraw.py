"""`caselink withdraw`: take a record or a link from every partner at once, whatever its lines say, until it is lifted.

The withdrawal is acknowledged as that of a load is: when this ends, no partner process begins an answer from before it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from graph.errors import CaselinkError, NotOnFile, StoreError
from graph.model import RECORD_KINDS, EntryId, Kind
from graph.office.desk_sight import Sight, WholeLook
from graph.planning import Publication
from graph.publish import Publisher
from graph.withdrawals import Withdrawal, lifting, withdrawals, withholding
from server.commands.printing import publication_json, publication_line
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
    user,
)
from server.home import Home
from server.stores import open_holdings
from server.withdrawals import drop_unknown, restrict, say_undone


@click.command()
@click.argument("asked", metavar="ID", required=False)
@click.option("--lift", "lifting", is_flag=True, help="Withhold it no more by this; publish adds it.")
@click.option("--reason", help="Why; kept in the audit log, and told by explain.")
@JSON_OPTION
@click.pass_obj
def withdraw(session: Session, asked: str | None, lifting: bool, reason: str | None, as_json: bool) -> None:
    """Withdraw the record or link ID from every partner at once, until it is lifted; without ID, list what is."""
    home = session.home()
    if asked is None:
        if lifting or reason is not None:
            raise CaselinkError("withdraw: name the ID of a record or link")
        _list(home, as_json)
        return
    if reason is None or not reason.strip():
        raise CaselinkError("--reason: say why; it is kept in the audit log")
    id = EntryId(asked)
    if lifting:
        _lift(home, id, reason, as_json)
    else:
        _withdraw(home, id, reason, as_json)


def _withdraw(home: Home, id: EntryId, reason: str, as_json: bool) -> None:
    with publisher(home, note, first=True) as publishing:
        _require(publishing, id)
        say_undone(publishing, note)
        rules, moment = home.rules(), clock(home).moment(publishing.holdings)
        record(home, "withdrawing", id=id, reason=reason)
        publishing.announce_now()
        with _told_undone(id):
            codes = Sight(publishing.holdings, rules.policy, WholeLook()).codes(id)
            word = Withdrawal(user(), moment.minute, reason, codes=codes)
            publishing.holdings.take(withholding(publishing.holdings, id, word))
            clock(home).keep(moment, publishing.holdings)
            dropped = drop_unknown(publishing, rules, recorder(home))
            publications = restrict(publishing, rules, moment, recorder(home))
    _print(f"{id} is withdrawn, and no partner is shown it from now on. {reason}", id, publications, as_json)
    for agreement in dropped:
        note(f"{agreement}: no agreement is on file; its release was withdrawn whole")


@contextmanager
def _told_undone(id: EntryId) -> Iterator[None]:
    """What fails once partners know that a withdrawal comes."""
    try:
        yield
    except StoreError as error:
        raise StoreError(
            f"{id}: the withdrawal is NOT done; every partner is refused until it is; mend this and run it again:"
            f" {error}"
        ) from error


def _lift(home: Home, id: EntryId, reason: str, as_json: bool) -> None:
    with publisher(home, note) as publishing:
        if id not in withdrawals(publishing.holdings):
            raise NotOnFile(f"{id}: is not withdrawn; `caselink withdraw` lists what is")
        record(home, "withdrawal lifted", id=id, reason=reason)
        publishing.holdings.take(lifting(publishing.holdings, id))
    _print(
        f"{id} is withdrawn no more; `caselink publish` adds it where the rules release it.", id, [], as_json
    )


def _require(publishing: Publisher, id: EntryId) -> None:
    entry = publishing.holdings.held([id]).get(id)
    if entry is None:
        raise NotOnFile(f"{id}: nothing is held under this id; ids are matched letter for letter")
    if entry.kind not in (*RECORD_KINDS, Kind.LINK):
        raise NotOnFile(f"{id}: is a {entry.kind}; only records and links can be withdrawn")


def _list(home: Home, as_json: bool) -> None:
    with open_holdings(home) as holdings:
        every = withdrawals(holdings)
    if as_json:
        print_json(
            {
                "withdrawn": [
                    {"id": id, "who": w.who, "at": w.at, "reason": w.reason} for id, w in every.items()
                ]
            }
        )
        return
    for id, known in every.items():
        say(f"{id}: withdrawn by {known.who} at {known.at}: {known.reason}")
    if not every:
        click.echo("Nothing is withdrawn.")


def _print(sentence: str, id: EntryId, publications: list[Publication], as_json: bool) -> None:
    if as_json:
        print_json({"id": id, "releases": list(map(publication_json, publications))})
        return
    say(sentence)
    for publication in publications:
        click.echo(publication_line(publication))
