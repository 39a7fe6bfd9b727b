"""`caselink findings`: what is likely coded wrong, and what a text may give away. It reads, and writes nothing."""

from collections.abc import Iterator

import click

from graph.draft import Rules
from graph.findings.finding import Finding, Rule
from graph.office.survey import Survey
from graph.printable import printable
from graph.review.marks import DRAWER, Mark, marks_of
from graph.review.reviewing import Reviewing
from graph.store import Holdings
from graph.withdrawals import withdrawals
from server.commands.session import JSON_OPTION, Session, clock, note, print_json
from server.stores import open_holdings


@click.command()
@click.option("--rule", type=click.Choice([rule.value for rule in Rule]), help="Of this rule; left out: all.")
@click.option("--office", metavar="NAME", help="In records of this office; left out: of any.")
@click.option("--blocking", is_flag=True, help="Only those that block an approval and are not accepted.")
@JSON_OPTION
@click.pass_obj
def findings(session: Session, rule: str | None, office: str | None, blocking: bool, as_json: bool) -> None:
    """Tell what Data Quality has to look at, record by record."""
    home = session.home()
    with open_holdings(home) as holdings:
        reviewing = _reviewing(holdings, home.rules(), clock(home).moment(holdings).day)
    found = [
        (finding, accepted)
        for finding, accepted in _found(reviewing, office)
        if (rule is None or finding.rule == rule) and not (blocking and (not finding.blocking or accepted))
    ]
    if as_json:
        print_json({"findings": [_json(*each) for each in found]})
        return
    for finding, accepted in found:
        word = "" if accepted is None else f" Accepted by {accepted.who} at {accepted.at}: {accepted.reason}"
        click.echo(printable(f"{finding.record}: {finding.rule}: {finding.text}{word}"))
    note(f"{len(found):,} finding{'' if len(found) == 1 else 's'}.")


def _reviewing(holdings: Holdings, rules: Rules, day: int) -> Reviewing:
    survey = Survey.of(rules, day, holdings.entries(), withdrawals(holdings))
    return Reviewing(survey, {id: marks_of(paper) for id, paper in holdings.waiting(DRAWER).items()})


def _found(reviewing: Reviewing, office: str | None) -> Iterator[tuple[Finding, Mark | None]]:
    for finding in reviewing.every:
        if office is None or reviewing.office(finding.record) == office:
            yield finding, reviewing.accepted(finding)


def _json(finding: Finding, accepted: Mark | None) -> dict[str, object]:
    word = None if accepted is None else {"who": accepted.who, "at": accepted.at, "reason": accepted.reason}
    return {
        "id": finding.id,
        "rule": finding.rule.value,
        "record": finding.record,
        "blocking": finding.blocking,
        "text": finding.text,
        "accepted": word,
    }
