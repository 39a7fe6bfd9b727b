"""`caselink report`: the over-withholding meter, for one agreement or for all. It writes nothing but its page."""

from collections.abc import Iterator
from pathlib import Path

import click

from graph.draft import Rules
from graph.errors import NotOnFile
from graph.explaining.inquiry import Inquiry
from graph.gather import gather
from graph.judge import judge
from graph.model import AgreementId
from graph.shared import Shared
from graph.store import Holdings
from graph.withdrawals import withdrawals
from server.commands.columns import width_of_output
from server.commands.session import JSON_OPTION, Session, clock, note, print_json
from server.report.as_json import sheet_json
from server.report.page import report_page
from server.report.sheet import Sheet, sheet_of
from server.report.text import sheet_lines
from server.stores import open_holdings
from server.whole_file import write_whole


@click.command()
@click.option("--agreement", metavar="ID", help="For this agreement; left out: for all.")
@click.option(
    "--html", "html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page with plots."
)
@JSON_OPTION
@click.pass_obj
def report(session: Session, agreement: str | None, html: Path | None, as_json: bool) -> None:
    """Tell how much is released and withheld, why, and what holds back most: what to review first."""
    if html is not None and as_json:
        raise click.UsageError("--json and --html: choose one.")
    home = session.home()
    with open_holdings(home) as holdings:
        day = clock(home).moment(holdings).day
        sheets = list(_sheets(holdings, home.rules(), agreement, day))
    if html is not None:
        write_whole(html, report_page(sheets).encode())
        note(f"Wrote {html}. It names what is withheld: for the office only.")
    elif as_json:
        print_json({sheet.meter.agreement: sheet_json(sheet) for sheet in sheets})
    else:
        click.echo("\n\n".join("\n".join(sheet_lines(sheet, width_of_output())) for sheet in sheets))


def _sheets(holdings: Holdings, rules: Rules, agreement: str | None, day: int) -> Iterator[Sheet]:
    """One judgement after another, so that no two are kept."""
    wanted = sorted(rules.agreements) if agreement is None else [AgreementId(agreement)]
    if agreement is not None and agreement not in rules.agreements:
        known = ", ".join(sorted(rules.agreements)) or "none"
        raise NotOnFile(f"--agreement {agreement}: no such agreement on file; there are: {known}")
    linkage = gather(holdings.entries(), rules.policy)
    withdrawn = withdrawals(holdings)
    shared = Shared.of(linkage, rules.policy)
    for id in wanted:
        mou = rules.agreements[id]
        judgement = judge(linkage, rules.policy, mou, day, shared)
        yield sheet_of(Inquiry(rules.policy, mou, day, judgement, holdings.held, (), withdrawn))
