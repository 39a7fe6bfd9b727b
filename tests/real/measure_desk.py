"""How long an act at the desk takes with POLE in files: the numbers of docs/desk.md.

Run it by `CASELINK_TEST_DATA=DIR python -m tests.real.measure_desk`. Times are of the processor, the median of ten: by
then every release has lost what it must lose. What is held has been read before each act, as the office app has read it
to answer who acts; an approval looks for the findings against it, as in the office app.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

from graph.dossier import request_id
from graph.model import EntryId, Kind
from graph.office.desk import Desk
from graph.office.desk_sight import WholeLook
from graph.officer import Officer, Role
from graph.publish import Publisher
from graph.reading import line_of
from graph.review.standing_against import standing_against
from server.clock import Clock
from server.home import open_home
from server.office.desk_work import DeskWork, desk_of
from server.office.rules_on_file import RulesOnFile
from server.office.surveying import Surveying
from server.stores import open_holdings, open_releases
from tests.real.pole import MAPPING, PoleHome, archive

LOOK = WholeLook()
CASES = 10


def desk(folder: Path) -> tuple[DeskWork, Surveying]:
    """The desk of a home that has published POLE, and what reads for it."""
    home = PoleHome(folder)
    home.make()
    home.told("load", str(archive()), "--format", "neo4j-csv", "--mapping", str(MAPPING))
    home.told("publish", "--yes")
    opened = open_home(folder, {})
    reading = Publisher(open_holdings(opened), open_releases(opened), opened.release_keys())
    rules, clock = RulesOnFile(opened), Clock(opened.settings, datetime.now(UTC))
    surveying = Surveying(reading.holdings, rules, lambda: clock.moment(reading.holdings).day)
    return desk_of(
        opened, reading, rules, lambda *asked: standing_against(surveying.current(), *asked)
    ), surveying


def seconds(does: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.process_time()
    does()
    return time.process_time() - start


def worked(work: DeskWork, id: EntryId, kim: Officer, ortiz: Officer) -> Iterator[tuple[str, float]]:
    """Recode a case, look at what its approval would do, approve it, and withdraw it."""
    seen = work.desk(kim, LOOK).sight.version(id)
    recode = partial(Desk.recode, id=id, codes=["UCO"], reason="why", version=seen)
    yield "recode", seconds(lambda: work.act(kim, LOOK, recode))
    dossier = work.dossier(id)
    name = request_id(id, dossier, dossier.requests[-1])
    yield "effect", seconds(lambda: work.effects(ortiz, LOOK, name))
    sight = work.desk(ortiz, LOOK).sight
    version = sight.request_version(*sight.request(name))
    approve = partial(Desk.approve, name=name, version=version, reason="why")
    yield "approve", seconds(lambda: work.act(ortiz, LOOK, approve))
    yield "withdraw", seconds(lambda: work.act(ortiz, LOOK, partial(Desk.withdraw, id=id, reason="why")))


def main() -> None:
    """Work on some cases."""
    took: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        work, surveying = desk(Path(folder) / "pole")
        cases = list(islice((e for e in work.reading.holdings.entries() if e.kind is Kind.CASE), CASES))
        office = str(line_of(cases[0]).get("office"))
        kim = Officer("kim", office, frozenset({Role.AGENT}))
        ortiz = Officer("ortiz", office, frozenset({Role.SUPERVISOR}))
        surveying.current()
        for case in cases:
            for name, lasted in worked(work, case.id, kim, ortiz):
                took.setdefault(name, []).append(lasted)
                surveying.current()
    for name, lasted_each in took.items():
        print(f"{name:9} {statistics.median(lasted_each) * 1000:4.0f} ms")


if __name__ == "__main__":
    main()
