"""A question whose base facts can be mended one by one, as a person would who wants a record released.

It knows only what a cause names: what it mends is exactly the fact, so that a cause which is not told stays.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.explaining.causes import Cause, Ground, Verdict
from graph.explaining.explain import explain
from tests.explaining import inquiry
from tests.holdings_strategy import World
from tests.plain_lines import Made, delete
from tests.specification.lines import Taken, take

KINDS = ["case", "document", "subject"]
APPROVAL = {"state": "approved", "agent": "agent.lee", "supervisor": "sup.ortiz"}


@dataclass
class Mended:
    """The lines that stand, by id, with those that are deleted; and the rules, each free to be changed."""

    lines: dict[str, Made]
    deleted: set[str]
    policy: dict[str, Any]
    agreement: dict[str, Any]
    today: date
    tainted: set[str]
    numbers: int = field(default=0)

    @classmethod
    def of(cls, world: World) -> "Mended":
        """A world under its first agreement."""
        taken: dict[str, Taken] = {}
        for line in world.lines:
            take(line, taken)
        return cls(
            lines={id: _unrevised(dict(found.content)) for id, found in taken.items()},
            deleted={id for id, found in taken.items() if found.deleted},
            policy=deepcopy(world.policy),
            agreement=dict(world.agreements[0]),
            today=world.today,
            tainted=set(world.tainted),
        )

    def verdict(self, asked: str) -> Verdict:
        """Why something is released or withheld as it stands now."""
        lines = [*self.lines.values(), *(delete(id) for id in sorted(self.deleted))]
        return explain(inquiry(lines, self.policy, self.agreement, self.today, self.tainted), asked)

    def mend(self, cause: Cause) -> None:
        """Change the one fact that the cause ends in."""
        _MENDING[cause.fact.ground](self, cause)

    # --- how each ground is mended ---

    def _codes(self, cause: Cause) -> None:
        line = self.lines[cause.bearer]
        if line["kind"] == "link":
            line.pop("access_codes", None)
        else:
            line["access_codes"] = ["REL"]

    def _rejected(self, cause: Cause) -> None:
        self.tainted.discard(cause.bearer)

    def _never_loaded(self, cause: Cause) -> None:
        ends = {id for id, line in self.lines.items() if cause.bearer in (line.get("from"), line.get("to"))}
        self._drop(ends)

    def _system(self, cause: Cause) -> None:
        self.lines[cause.bearer]["source_system"] = "CASE-MANAGEMENT"

    def _mark(self, cause: Cause) -> None:
        self._drop(set(cause.fact.found))

    def _deleted(self, cause: Cause) -> None:
        self.deleted.discard(cause.bearer)

    def _scope(self, cause: Cause) -> None:
        line, today = self.lines[cause.bearer], self.today.isoformat()
        match cause.fact.reason:
            case "agreement":
                self.agreement |= {
                    "suspended": False,
                    "effective": date(1, 1, 1),
                    "expires": date(9999, 1, 1),
                }
            case "kind":
                self.agreement["kinds"] = KINDS
            case "date":
                self.policy["dates"]["floor"] = min(self.policy["dates"]["floor"], self.today)
                line[str(cause.fact.field)] = today
            case "approval":
                line["approval"] = APPROVAL
            case "number":
                self.numbers += 1
                line["number"] = f"ZZ00-{self.numbers:04}"
            case "office" | "status" | "program":
                listed = {"office": "offices", "status": "case_status", "program": "programs"}
                self.agreement.pop(listed[cause.fact.reason])
            case other:
                raise AssertionError(other)

    def _supporter(self, cause: Cause) -> None:
        self._mend_all(self.verdict(cause.bearer).causes)

    def _link(self, cause: Cause) -> None:
        if cause.bearer in self.lines:  # it may have gone with the mark that it gave
            self._mend_all(own for own in self.verdict(cause.bearer).causes if own.withholds == cause.bearer)

    def _no_supporter(self, cause: Cause) -> None:
        self.policy["needs_support"][self.lines[cause.bearer]["kind"]] = False

    def _link_type(self, cause: Cause) -> None:
        (type,) = cause.fact.found
        rule = self.policy["links"][type]
        self.policy["links"][type] = {k: v for k, v in rule.items() if k not in ("category", "marks")}

    def _unknown_type(self, cause: Cause) -> None:
        self.lines[cause.bearer]["type"] = "FREE"
        free = {"from": KINDS, "to": KINDS, "carries": "none", "supports": "none"}
        self.policy["links"] = {**self.policy["links"], "FREE": free}

    def _other_kinds(self, cause: Cause) -> None:
        type = self.lines[cause.bearer]["type"]
        self.policy["links"][type] = {**self.policy["links"][type], "from": KINDS, "to": KINDS}

    def _agreed(self, cause: Cause) -> None:
        self.agreement.pop("link_types", None)

    def _unsound(self, cause: Cause) -> None:
        line = self.lines[cause.bearer]
        unknown = cause.fact.found if cause.fact.field == "unknown fields" else (str(cause.fact.field),)
        self.lines[cause.bearer] = {name: value for name, value in line.items() if name not in unknown}

    def _no_source(self, cause: Cause) -> None:
        type = self.lines[cause.bearer]["type"]
        self.policy["links"][type] = {**self.policy["links"][type], "needs_source": False}

    def _source(self, cause: Cause) -> None:
        line = self.lines[cause.withholds]
        line["sources"] = [source for source in line["sources"] if source != cause.bearer]

    def _mend_all(self, causes: Any) -> None:
        for cause in list(causes):
            self.mend(cause)

    def _drop(self, links: set[str]) -> None:
        self.lines = {id: line for id, line in self.lines.items() if id not in links}


def _unrevised(line: Made) -> Made:
    return {name: deepcopy(value) for name, value in line.items() if name != "revised"}


_MENDING: dict[Ground, Callable[[Mended, Cause], None]] = {
    Ground.CODES: Mended._codes,
    Ground.NO_CODES: Mended._codes,
    Ground.UNKNOWN_CODES: Mended._codes,
    Ground.REJECTED: Mended._rejected,
    Ground.NEVER_LOADED: Mended._never_loaded,
    Ground.SYSTEM: Mended._system,
    Ground.MARK: Mended._mark,
    Ground.DELETED: Mended._deleted,
    Ground.OUT_OF_SCOPE: Mended._scope,
    Ground.SUPPORTER_WITHHELD: Mended._supporter,
    Ground.LINK_NOT_OPEN: Mended._link,
    Ground.NO_SUPPORTER: Mended._no_supporter,
    Ground.LINK_TYPE: Mended._link_type,
    Ground.UNKNOWN_TYPE: Mended._unknown_type,
    Ground.OTHER_KINDS: Mended._other_kinds,
    Ground.NOT_IN_AGREEMENT: Mended._agreed,
    Ground.UNSOUND: Mended._unsound,
    Ground.NO_SOURCE: Mended._no_source,
    Ground.SOURCE_WITHHELD: Mended._source,
    Ground.NO_DOCUMENT: Mended._source,
}
