"""`caselink verify`: everything judged anew, and compared with what is kept and what is published.

It keeps nobody from loading: where a command has written meanwhile, what was compared does not belong together.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

import click

from graph.errors import StoreLocked
from graph.verifying import Finding, What
from graph.verifying_all import findings
from server.audit.journal import written
from server.collecting import meanwhile_uncollected
from server.commands.session import (
    JSON_OPTION,
    Session,
    clock,
    note,
    onlooker,
    print_json,
    record,
    say,
    writing_holdings,
)
from server.home import Home

_DIFFERS: Final = 1
_SHOWN: Final = 20


@click.command()
@click.option("--repair", is_flag=True, help="Have the next publication judge everything anew.")
@JSON_OPTION
@click.pass_context
def verify(context: click.Context, repair: bool, as_json: bool) -> None:
    """Judge everything anew, and tell what is kept or published otherwise. Exit 0 where nothing is, else 1."""
    session: Session = context.obj
    home = session.home()
    before = written(home.folder)
    with onlooker(home) as publishing, meanwhile_uncollected():
        writes = publishing.holdings.turns.now().holder not in (None, home.idle_writer())
        found = list(findings(publishing, home.rules(), clock(home).moment(publishing.holdings)))
    if writes or written(home.folder) != before:
        raise StoreLocked("Another command wrote to this home meanwhile; nothing can be said. Run it again")
    if repair:
        _repair(home)
    if as_json:
        print_json({"findings": list(map(_json, found)), "repaired": repair})
    else:
        _print(found)
    context.exit(_DIFFERS if found else 0)


def _repair(home: Home) -> None:
    with writing_holdings(home, note) as holdings:
        record(home, "what is kept was forgotten")
        holdings.forget()
    note("The next publication judges everything anew; run: caselink publish")


def _json(finding: Finding) -> dict[str, object]:
    return asdict(finding) | {"ids": list(finding.ids)}


def _print(found: Sequence[Finding]) -> None:
    for finding in found:
        of = "" if finding.agreement is None else f"{finding.agreement}: "
        more = f" and {len(finding.ids) - _SHOWN:,} more" if len(finding.ids) > _SHOWN else ""
        ids = f" ({', '.join(finding.ids[:_SHOWN])}{more})" if finding.ids else ""
        say(f"{of}{_SAID[finding.what]}{ids}")
    if not found:
        click.echo("What is published and kept is what the rules say.")


_SAID: Final = {
    What.NOT_ON_FILE: "a release without an agreement on file; publish, and it is withdrawn whole",
    What.DUE: "its day has come, and nobody is answered; publish",
    What.RESTRICTION_DUE: "a load or an act was stopped before its withdrawals were done; load, publish or serve does"
    " them first",
    What.DAMAGED: "its content does not give its total and version; nobody is answered",
    What.HISTORY: "its history does not end with its version",
    What.PROMISES: "it is served for longer, or asks less of a partner, than the agreement says",
    What.NOT_RELEASED: "published, and not released by the rules",
    What.SHOWS_MORE: "published with more than the rules release",
    What.MISSING: "released by the rules, not published as it is to be, and not known to wait",
    What.STANDINGS: "kept otherwise than they stand",
    What.TERMS: "not found by all by which they are to be found",
    What.COUNTS: "the numbers that are kept of what is withheld are others",
    What.DESK: "held otherwise than the desk's decisions make of what the system of record says; load its lines again",
}
