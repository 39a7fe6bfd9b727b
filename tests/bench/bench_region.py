"""How long a recode takes where a million records and five million links are held: a case with 100 reports (issue 4).

The holdings are a SQLite file, written straight into the store, which takes most of the time. The seconds are those of
the processor; what is timed is the finding and judging of the region, its reading included. Run by `make bench`, or by
`.venv/bin/pytest -m bench -s tests/bench/bench_region.py`.
"""

import time
from pathlib import Path
from typing import Final, cast

import msgspec
import orjson
import pytest

from graph.excerpt import MOST_READ, Excerpt
from graph.model import Entry, EntryId, Kind
from graph.region import Judging, Region, find
from graph.release import Content
from graph.standing import Account
from graph.store import Batch, StoredHoldings
from graph.stores.sqlite_holdings import open_holdings
from tests.bench.made_files import DEPENDANTS, LINKS, RECORDS, keep
from tests.building import KEYS, TODAY, agreement, rules
from tests.counting_holdings import CountingHoldings
from tests.plain_lines import case
from tests.store_contract import header

FILES: Final = 50_000
RULES: Final = rules(agreement(), agreement("county"))
MOST_SECONDS: Final = 0.050

pytestmark = pytest.mark.bench


def recoded(holdings: StoredHoldings) -> Region:
    account = holdings.account()
    assert account is not None
    lengths = Account.decode(account).lengths
    excerpt = Excerpt(holdings, RULES.policy, holdings.changed(), lengths, lambda _: None, MOST_READ)
    return find(excerpt, Judging(RULES.policy, tuple(RULES.agreements.values()), TODAY.toordinal()))


def _seconds(holdings: StoredHoldings) -> float:
    start = time.process_time()
    recoded(holdings)
    return time.process_time() - start


@pytest.mark.parametrize("files", [FILES // 50, FILES])
def test_a_recode_with_a_hundred_dependants_takes_less_than_fifty_milliseconds(
    tmp_path: Path, files: int
) -> None:
    with open_holdings(tmp_path / "holdings.sqlite") as store:
        told = header(Content())
        day = TODAY.toordinal()
        headers = [msgspec.structs.replace(told, agreement=id, serves_until=day) for id in RULES.agreements]
        keep(store, RULES, KEYS, headers, files)
        recode = orjson.dumps(case("C-0", "AA00-0000", access_codes=["T3"]))
        store.take(Batch(puts=[Entry(EntryId("C-0"), Kind.CASE, recode)]))
        counting = CountingHoldings(store)
        region = recoded(cast(StoredHoldings, counting))
        took = min(_seconds(store) for _ in range(5))
    withdrawn = {id for id in region.nodes if id.startswith(("C-0", "D-0-"))}
    assert (len(withdrawn), counting.scans) == (1 + DEPENDANTS, 0)
    print(
        f"\n{files * RECORDS:,} records, {files * LINKS:,} links: {len(region.nodes)} records judged anew,"
        f" {len(counting.read)} entries read, {took * 1000:.0f} ms"
    )
    assert took < MOST_SECONDS
