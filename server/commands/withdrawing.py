"""What goes before anything is added: withdrawals that no load has told of, and whether anything may be added at all.

They stand in the audit log before they are done: which releases, by which day.
"""

from collections.abc import Sequence
from datetime import date

from graph.draft import Moment, Rules
from graph.model import AgreementId
from graph.publish import Planned, Publication, Publisher
from graph.restored import backup_held
from graph.sources import open_sources
from graph.store import Holdings
from server.commands.printing import publication_json
from server.commands.session import note, record
from server.home import Home


def drop_unknown(home: Home, publishing: Publisher, rules: Rules) -> list[AgreementId]:
    """Take away the releases whose agreement is no longer on file, and say which."""
    gone = [id for id in publishing.releases.headers() if id not in rules.agreements]
    if gone:
        record(home, "dropping", agreements=gone)
    return publishing.drop_unknown(rules)


def restrict(home: Home, publishing: Publisher, rules: Rules, moment: Moment) -> list[Publication]:
    """Take from every release what may no longer be seen."""
    planned = publishing.plan(rules, moment, adding=())
    record(home, "restricting", **restricting(moment, planned))
    return publishing.write(planned)


def restricting(moment: Moment, planned: Sequence[Planned]) -> dict[str, object]:
    """What the audit log tells of withdrawals, before they are written."""
    told = [publication_json(plan.publication) for plan in planned]
    return {"day": date.fromordinal(moment.day).isoformat(), "releases": told}


def may_add(holdings: Holdings, rules: Rules) -> frozenset[AgreementId]:
    """The agreements that may gain something: none while a file is open (DESIGN 3, rejects fail closed)."""
    made = backup_held(holdings)
    if made is not None:
        note(waiting(made))
        return frozenset()
    open_files = open_sources(holdings)
    for path, source in open_files.items():
        why = f"{source.rejected:,} lines rejected" if source.rejected else "its load did not come to its end"
        note(f"{path}: {why}. Nothing is added until it loads without any, or `caselink rejects accept`.")
    return frozenset() if open_files else frozenset(rules.agreements)


def waiting(made: str) -> str:
    """What is to be done about a restored home. made: when its backup was."""
    return (
        f"This home was restored from a backup of {made}. Nothing is served or added until what came after it is there"
        " again: load it, mend policy and agreements, and run: caselink restore --accept --reason TEXT"
    )
