"""`caselink publish`: make each agreement's release what the rules say, additions included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import click

from graph.draft import Moment, Rules
from graph.errors import CaselinkError, NeedsAnswer, NotOnFile
from graph.model import AgreementId
from graph.planning import Planned, Publication
from graph.publish import Publisher
from server.collecting import meanwhile_uncollected
from server.commands.adding import may_add
from server.commands.asking import answered, doubts
from server.commands.due import publish_due
from server.commands.looking import Seen, look, print_seen
from server.commands.printing import publication_json, publication_line
from server.commands.session import JSON_OPTION, Session, clock, note, print_json, publisher, record, recorder
from server.condition import timed
from server.home import Home
from server.withdrawals import drop_unknown, restrict, say_undone


@dataclass(frozen=True, slots=True)
class _Order:
    """What was commanded. agreement: the only one that may gain something; day: the one to judge by."""

    agreement: str | None
    day: date | None
    yes: bool


@click.command()
@click.option("--agreement", metavar="ID", help="Publish this one; the others only lose what they must.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge by this day; with --dry-run or in a test home."
)
@click.option("--dry-run", is_flag=True, help="Say what would change and why, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--due", is_flag=True, help="Only what the day has changed; ask nobody.")
@JSON_OPTION
@click.pass_obj
def publish(
    session: Session,
    agreement: str | None,
    as_of: datetime | None,
    dry_run: bool,
    yes: bool,
    due: bool,
    as_json: bool,
) -> None:
    """Publish the releases of all agreements, or of one."""
    home, order = session.home(), _Order(agreement, as_of.date() if as_of else None, yes)
    if due:
        if agreement is not None or as_of is not None or dry_run or yes:
            raise CaselinkError("--due: goes with --json alone; name the others without it")
        _publish_due(home, as_json)
        return
    if dry_run:
        print_seen(_seen(home, order), as_json)
        return
    publications, dropped = _publish(home, order)
    _print(publications, dropped, as_json)


def _print(publications: Sequence[Publication], dropped: Sequence[AgreementId], as_json: bool) -> None:
    if as_json:
        print_json({"dry_run": False, "releases": list(map(publication_json, publications))})
    else:
        for publication in publications:
            click.echo(publication_line(publication))
    for id in dropped:
        note(f"{id}: no agreement is on file; its release was withdrawn whole")


def _publish_due(home: Home, as_json: bool) -> None:
    due = publish_due(home)
    _print(due.publications, due.dropped, as_json)
    if due.waiting:
        for doubt in due.waiting:
            note("\n".join(doubt.sentences()))
        raise NeedsAnswer(
            "What must go was withdrawn, and nothing was added there. Look at it and run: caselink publish"
        )


def _seen(home: Home, order: _Order) -> list[Seen]:
    """A look, by any day."""
    with publisher(home, note) as publishing:
        rules = home.rules()
        adding = _adding(rules, publishing, order.agreement)
        now = clock(home)
        moment = now.moment(publishing.holdings) if order.day is None else now.at(order.day)
        return look(publishing, rules, moment, adding, home.settings.asking)


def _publish(home: Home, order: _Order) -> tuple[list[Publication], list[AgreementId]]:
    """Publish, and tell which releases were dropped. What is asked about is withdrawn first.

    While a person thinks, the home is free: a load may have to withdraw. So it is planned anew after a yes, which holds
    for the contents that were asked about, and for no others.
    """
    agreed: dict[AgreementId, str] | None = None
    dropped: list[AgreementId] = []
    while True:
        with (
            publisher(home, note) as publishing,
            timed(publishing.holdings, "publish"),
            meanwhile_uncollected(),
        ):
            say_undone(publishing, note)
            rules = home.rules()
            adding = _adding(rules, publishing, order.agreement)
            moment = clock(home).moment(publishing.holdings, order.day)
            planned = publishing.plan(rules, moment, adding)
            doubted = doubts(planned, publishing.releases.headers(), home.settings.asking)
            clock(home).keep(moment, publishing.holdings)
            dropped += drop_unknown(publishing, rules, recorder(home))
            if order.yes or not doubted or _versions(planned) == agreed:
                return _write(home, publishing, moment, planned), dropped
            restrict(publishing, rules, moment, recorder(home))
        if not answered(doubted):
            raise NeedsAnswer("Nothing was added. Look at the changes above and say --yes to publish them")
        agreed = _versions(planned)


def _write(home: Home, publishing: Publisher, moment: Moment, planned: list[Planned]) -> list[Publication]:
    told = [publication_json(plan.publication) for plan in planned]
    record(home, "publishing", day=date.fromordinal(moment.day).isoformat(), releases=told)
    return publishing.write(planned)


def _versions(planned: Sequence[Planned]) -> dict[AgreementId, str]:
    """The name of each content: equal content, equal name."""
    return {plan.publication.agreement: plan.publication.version for plan in planned}


def _adding(rules: Rules, publishing: Publisher, agreement: str | None) -> frozenset[AgreementId]:
    """Those of the commanded agreements that may gain something."""
    allowed = may_add(publishing.holdings, rules)
    if agreement is None:
        return allowed
    if agreement not in rules.agreements:
        known = ", ".join(sorted(rules.agreements)) or "none"
        raise NotOnFile(f"--agreement {agreement}: no such agreement on file; there are: {known}")
    return allowed & {AgreementId(agreement)}
