"""How long the over-withholding meter takes beside the judgement that it is made from (issue 4).

The seconds are those of the processor. Run by `make bench`, or alone by
`.venv/bin/pytest -m bench -s tests/bench/bench_meter.py`.
"""

import time
from typing import Final

import pytest

from graph.explaining.inquiry import Inquiry
from graph.judge import judge
from graph.meter import meter
from tests.bench.made_linkage import made_linkage
from tests.building import TODAY, agreement, policy

SIZES: Final = (500_000, 5_000_000)
DAY: Final = TODAY.toordinal()

pytestmark = pytest.mark.bench


@pytest.mark.parametrize("links", SIZES)
def test_a_meter_takes_as_long_as_a_few_judgements(links: int) -> None:
    under = policy()
    mou = agreement(under=under)
    linkage = made_linkage(links, under, [mou], DAY)
    start = time.process_time()
    judgement = judge(linkage, under, mou, DAY)
    between = time.process_time()
    shown = meter(Inquiry(under, mou, DAY, judgement, lambda ids: {}, decisions=()))
    end = time.process_time()
    ratio = (end - between) / (between - start)
    print(
        f"\n{links:>9,} links {shown.shares.whole.held.total:>7,} records: judged {between - start:5.2f} s,"
        f" meter {end - between:5.2f} s, {ratio:.1f} judgements"
    )
    assert ratio < 12
