"""The limits that a home sets for what is asked of it and answered: `[limits]` of caselink.toml."""

from graph.strict import read_table
from schema.limits import Limits
from server.home import Home
from server.settings import unfit


def read_limits(home: Home) -> Limits:
    """`[limits]` of caselink.toml. Raises HomeError with every mistake."""
    mistakes: list[str] = []
    limits = read_table(Limits, home.settings.limits, "limits", mistakes)
    if limits is None:
        raise unfit(home.folder / "caselink.toml", mistakes)
    return limits
