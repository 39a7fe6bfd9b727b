"""What a partner is told, whole, where there is no answer."""

from typing import Any

from server import problems
from tests.partner_world import release

RELEASE = {
    "release": {"agreement": "ndex", "version": release().header.version, "caveat": "Verify before acting."}
}


def problem(which: problems.Problem) -> dict[str, Any]:
    """The body of a problem, told to a user of ndex."""
    return {"errors": [{"message": which.text, "extensions": {"code": which.code}}], "extensions": RELEASE}
