"""Whether a publication may add anything at all: not while a file is open, nor while a restored home is held."""

from graph.draft import Rules
from graph.many import many
from graph.model import AgreementId
from graph.restored import backup_held
from graph.sources import Source, open_sources
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
        note(
            f"{path}: {why_open(source)}. Nothing is added until it loads without any, or `caselink rejects accept`."
        )
    return frozenset() if open_files else frozenset(rules.agreements)


def why_open(source: Source) -> str:
    """Why a file holds back what publishing would add.

    >>> why_open(Source(2, finished=True)), why_open(Source(0, finished=False))
    ('2 lines rejected', 'its load has not come to its end')
    """
    rejected = [f"{many(source.rejected, 'line')} rejected"] if source.rejected else []
    return "; ".join([*rejected, *([] if source.finished else ["its load has not come to its end"])])


def waiting(made: str) -> str:
    """What is to be done about a restored home. made: when its backup was."""
    return (
        f"This home was restored from a backup of {made}. Nothing is served or added until what came after it is there"
        " again: load it, withdraw again what was withdrawn by hand or at the desk, mend policy and agreements, and"
        " run: caselink restore --accept --reason TEXT"
    )
