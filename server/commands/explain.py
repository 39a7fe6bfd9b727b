"""`caselink explain`: why one agreement may have a record, a link or a property, or why not."""

from collections.abc import Iterable, Iterator

import click

from graph.draft import Rules
from graph.errors import NotOnFile
from graph.explaining.dot import dot_lines
from graph.explaining.explain import explain as explain_one
from graph.explaining.inquiry import Inquiry
from graph.explaining.text import verdict_lines
from graph.gather import gather
from graph.judge import judge
from graph.model import AgreementId, Entry, Kind
from graph.store import Holdings
from graph.withdrawals import withdrawals
from server.commands.explain_json import verdict_json
from server.commands.explain_published import is_published, published_lines
from server.commands.session import JSON_OPTION, Session, clock, print_json
from server.stores import open_holdings


@click.command()
@click.argument("asked", metavar="ID")
@click.option("--agreement", required=True, metavar="ID", help="Under which agreement.")
@JSON_OPTION
@click.option("--dot", is_flag=True, help="Print the chains as a graph for Graphviz.")
@click.pass_obj
def explain(session: Session, asked: str, agreement: str, as_json: bool, dot: bool) -> None:
    """Tell why a record, a link, a property (SUBJECT#name=value) or an implied citation is released or withheld."""
    if as_json and dot:
        raise click.UsageError("--json and --dot: choose one.")
    home = session.home()
    with open_holdings(home) as holdings:
        day = clock(home).moment(holdings).day
        verdict = explain_one(_inquiry(holdings, home.rules(), agreement, day), asked)
        published = is_published(home, verdict)
        waiting = list(published_lines(holdings, verdict, published))
    if as_json:
        print_json(verdict_json(verdict, published))
        return
    for line in dot_lines(verdict) if dot else (*verdict_lines(verdict), *waiting):
        click.echo(line)


def _inquiry(holdings: Holdings, rules: Rules, agreement: str, day: int) -> Inquiry:
    """The holdings, judged for the agreement."""
    mou = rules.agreements.get(AgreementId(agreement))
    if mou is None:
        known = ", ".join(sorted(rules.agreements)) or "none"
        raise NotOnFile(f"--agreement {agreement}: no such agreement on file; there are: {known}")
    decisions: list[Entry] = []
    linkage = gather(_noting(holdings.entries(), decisions), rules.policy)
    judgement = judge(linkage, rules.policy, mou, day)
    return Inquiry(rules.policy, mou, day, judgement, holdings.held, decisions, withdrawals(holdings))


def _noting(entries: Iterable[Entry], decisions: list[Entry]) -> Iterator[Entry]:
    """The same entries; the clearances and consents among them are kept beside."""
    for entry in entries:
        if entry.kind in (Kind.CLEARANCE, Kind.CONSENT):
            decisions.append(entry)
        yield entry
