"""`caselink clock`: mending the latest day seen, after a clock that was wrong: a person's decision, audited.

Until it is set back, a home whose machine once told a day to come refuses every load and publication (server/clock.py),
and partner processes refuse what ends by a day to come that one of them was once told (server/partner/seen_days.py).
"""

from datetime import datetime

import click

from graph.errors import CaselinkError
from server.commands.session import JSON_OPTION, Session, note, print_json, publisher, record
from server.commands.session import clock as clock_of


@click.group()
def clock() -> None:
    """The latest day that this home has seen."""


@clock.command("set-back")
@click.argument("date", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@click.option("--reason", required=True, help="Why the day seen was wrong; kept in the audit log.")
@JSON_OPTION
@click.pass_obj
def set_back(session: Session, date: datetime, reason: str, as_json: bool) -> None:
    """Set the latest day seen back to DATE, which is not after today. What has ended since then may be shown again."""
    if not reason.strip():
        raise CaselinkError("--reason: say why the day seen was wrong; it is kept in the audit log")
    home, day = session.home(), date.date()
    with publisher(home, note) as publishing:
        holdings, releases = publishing.holdings, publishing.releases
        home_clock = clock_of(home)
        latest = home_clock.latest_after(day, holdings, releases)
        record(home, "clock set back", reason=reason, latest=latest.isoformat(), day=day.isoformat())
        home_clock.set_back(day, holdings, releases)
    if as_json:
        print_json({"latest": latest.isoformat(), "day": day.isoformat()})
    else:
        click.echo(f"The latest day seen was {latest} and is {day} now. {reason}")
