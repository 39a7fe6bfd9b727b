"""`caselink publish`: make each agreement's release what the rules say, additions included."""

import sys
from datetime import date, datetime

import click

from graph.errors import NeedsAnswer, NotOnFile
from graph.model import AgreementId
from graph.publish import Moment, Planned, Publisher, Rules
from graph.sources import open_sources
from server.clock import Clock
from server.commands.printing import publication_json, publication_line
from server.commands.session import JSON_OPTION, Session, clock, note, print_json, publisher, record
from server.commands.withdrawing import drop_unknown, restrict


@click.command()
@click.option("--agreement", metavar="ID", help="Publish this one; the others only lose what they must.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge by this day; with --dry-run or in a test home."
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@JSON_OPTION
@click.pass_obj
def publish(
    session: Session, agreement: str | None, as_of: datetime | None, dry_run: bool, yes: bool, as_json: bool
) -> None:
    """Publish the releases of all agreements, or of one."""
    home = session.home()
    with home.alone(), publisher(home) as publishing:
        rules = home.rules()
        adding = _adding(rules, publishing, agreement)
        moment = _moment(clock(home), publishing, as_of.date() if as_of else None, dry_run)
        dropped: list[AgreementId] = []
        planned = publishing.plan(rules, moment, adding)
        if not dry_run:
            clock(home).keep(moment, publishing.holdings)
            dropped = drop_unknown(home, publishing, rules)
            if not _agreed(planned, yes):
                restrict(home, publishing, rules, moment)
                raise NeedsAnswer(
                    "Nothing was added. Look at the changes above and say --yes to publish them"
                )
            told = [publication_json(plan.publication) for plan in planned]
            record(home, "publishing", day=date.fromordinal(moment.day).isoformat(), releases=told)
            publishing.write(planned)
    publications = [plan.publication for plan in planned]
    if as_json:
        print_json(
            {"dry_run": dry_run, "releases": [publication_json(publication) for publication in publications]}
        )
    else:
        for publication in publications:
            click.echo(publication_line(publication))
    for id in dropped:
        note(f"{id}: no agreement is on file; its release was withdrawn whole")


def _adding(rules: Rules, publishing: Publisher, agreement: str | None) -> frozenset[AgreementId]:
    """The agreements that may gain something: none while a file is open (DESIGN 3, rejects fail closed)."""
    wanted = frozenset(rules.agreements)
    if agreement is not None:
        if agreement not in rules.agreements:
            known = ", ".join(sorted(rules.agreements)) or "none"
            raise NotOnFile(f"--agreement {agreement}: no such agreement on file; there are: {known}")
        wanted = frozenset((AgreementId(agreement),))
    for path, source in open_sources(publishing.holdings).items():
        why = f"{source.rejected:,} lines rejected" if source.rejected else "its load did not come to its end"
        note(f"{path}: {why}. Nothing is added until it loads without any, or `caselink rejects accept`.")
        wanted = frozenset()
    return wanted


def _moment(clock: Clock, publishing: Publisher, as_of: date | None, dry_run: bool) -> Moment:
    if dry_run and as_of is not None:
        return clock.at(as_of)
    return clock.moment(publishing.holdings, as_of)


def _agreed(planned: list[Planned], yes: bool) -> bool:
    """Changed rules that would add are a person's decision."""
    asking = [
        plan.publication for plan in planned if plan.publication.rules_changed and plan.publication.adds
    ]
    if yes or not asking:
        return True
    for publication in asking:
        note(
            f"The policy or the agreement has changed since the last publication.\n{publication_line(publication)}"
        )
    return sys.stdin.isatty() and click.confirm("Publish?", err=True)
