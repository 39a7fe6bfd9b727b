"""Whether a publication may add anything at all: not while a file is open, nor while a restored home is held."""

from graph.draft import Rules
from graph.many import many
from graph.model import AgreementId
from graph.restored import backup_held
from graph.sources import open_sources
from graph.store import Holdings
from server.commands.session import note


def may_add(holdings: Holdings, rules: Rules) -> frozenset[AgreementId]:
    """The agreements that may gain something: none while a file is open (DESIGN 3, rejects fail closed)."""
    made = backup_held(holdings)
    if made is not None:
        note(waiting(made))
        return frozenset()
    open_files = open_sources(holdings)
    for path, source in open_files.items():
        why = (
            f"{many(source.rejected, 'line')} rejected"
            if source.rejected
            else "its load did not come to its end"
        )
        note(f"{path}: {why}. Nothing is added until it loads without any, or `caselink rejects accept`.")
    return frozenset() if open_files else frozenset(rules.agreements)


def waiting(made: str) -> str:
    """What is to be done about a restored home. made: when its backup was."""
    return (
        f"This home was restored from a backup of {made}. Nothing is served or added until what came after it is there"
        " again: load it, mend policy and agreements, and run: caselink restore --accept --reason TEXT"
    )
