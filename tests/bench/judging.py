"""One judgement of made-up holdings, in a process of its own, so that its memory is its own: what it took, as JSON.

`python -m tests.bench.judging LINKS`. Seconds are those of the processor, so that what else the machine does counts
for little; everything runs on one core.
"""

import resource
import sys
import time

import msgspec

from graph.judge import judge
from graph.shared import Shared
from tests.bench.made_linkage import made_linkage
from tests.building import TODAY, agreement, policy


class Judged(msgspec.Struct, frozen=True):
    """What R1–R9 over arrays took for two agreements, from the linkage on. Memory is the most that the process had."""

    links: int
    records: int
    withheld: int
    released: tuple[int, ...]
    seconds: float
    shared_seconds: float
    gigabytes: float
    holdings_gigabytes: float

    @property
    def microseconds_a_link(self) -> float:
        return self.seconds / self.links * 1e6


def judged(links: int) -> Judged:
    """Make holdings with so many links and judge them."""
    under, today = policy(), TODAY.toordinal()
    county = agreement("county", under=under, offices=["SAC-NY"], case_status=["open"])
    mous = [agreement(under=under), county]
    linkage = made_linkage(links, under, mous, today)
    made = _gigabytes()
    start = time.process_time()
    shared = Shared.of(linkage, under)
    between = time.process_time()
    judgements = [judge(linkage, under, mou, today, shared) for mou in mous]
    end = time.process_time()
    return Judged(
        links=linkage.links.count,
        records=len(linkage.nodes.kind),
        withheld=int((judgements[0].categories != 0).sum()),
        released=tuple(int(judgement.released.sum()) for judgement in judgements),
        seconds=end - start,
        shared_seconds=between - start,
        gigabytes=_gigabytes(),
        holdings_gigabytes=made,
    )


def _gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(judged(int(sys.argv[1]))))
