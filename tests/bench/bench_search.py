"""How long a search index takes to be built and to follow a change, and how long it takes to answer (issues 5 and 6).

Words are as frequent as in a language: the commonest is in five records of six. A search is timed by the core, so that
what else the machine does is left out, and the best of three counts. Memory is what this process has more
with the index than before. Run by `make bench`, or alone by `.venv/bin/pytest -m bench -s tests/bench/bench_search.py`.
"""

import random
import resource
import time
from itertools import accumulate
from typing import Final

import msgspec
import pytest

from graph.model import OpaqueId
from graph.release import ReleasedCase, ReleasedDocument, ReleasedRecord, ReleasedSubject, Value
from graph.search_index import SearchIndex, query_words

WORDS: Final = 20_000

pytestmark = pytest.mark.bench


def made(count: int) -> tuple[dict[OpaqueId, ReleasedRecord], list[str]]:
    """Of six records four are documents, one a case, one a person; and the words they are made of, commonest first."""
    dice = random.Random(2009)
    words = ["".join(dice.choices("abcdefghijklmnoprstuvw", k=dice.randint(3, 9))) for _ in range(WORDS)]
    weights = list(accumulate(1 / (place + 1) for place in range(WORDS)))

    def text(length: int) -> str:
        return " ".join(dice.choices(words, cum_weights=weights, k=length))

    records: dict[OpaqueId, ReleasedRecord] = {}
    for n in range(count):
        id, number = OpaqueId(f"{dice.getrandbits(128):032x}"), f"NY{n % 100:02}-{n // 100 % 10_000:04}"
        if n % 6 == 0:
            name = f"{dice.choice(words[:3_000])} {dice.choice(words[3_000:])}"
            records[id] = ReleasedSubject(id, "person", properties=(Value("name", name),))
        elif n % 6 == 1:
            records[id] = ReleasedCase(id, number, title=text(4), synopsis=text(30))
        else:
            records[id] = ReleasedDocument(id, number, "ROI", title=text(4), narrative=text(50))
    return records, words


def _searched(index: SearchIndex, text: str) -> tuple[float, int]:
    """The seconds of the core that a search takes, and how many records it finds."""
    start = time.process_time()
    found = index.search(query_words(text))
    return time.process_time() - start, len(found)


@pytest.mark.parametrize(("count", "seconds"), [(61_000, 30), (1_000_000, 300)])
def test_an_index_is_built_in_time_and_answers_in_time(count: int, seconds: float) -> None:
    records, words = made(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    index = SearchIndex.of(records)
    built = time.perf_counter() - start
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1_024
    print(f"\n{count:>9,} records: built in {built:.1f} s, {more:.0f} MB more")
    asked = {"in five of six": words[0], "rare": words[2_000], "two common": f"{words[0]} {words[1]}"}
    asked |= {"eight common": " ".join(words[:8])}
    asked |= {"a number": "NY03-0203", "a name": f"{words[5]} {words[9_000]}", "a slip": f"{words[9_000]}x"}
    for what, text in asked.items():
        taken, found = min(_searched(index, text) for _ in range(3))
        print(f"  {what:>14}: {found:>9,} found in {1000 * taken:6.1f} ms")
    id, first = next((id, r) for id, r in records.items() if isinstance(r, ReleasedCase))
    start = time.perf_counter()
    after = index.following(records | {id: msgspec.structs.replace(first, title="zebra")})
    print(f"  one record changed: followed in {time.perf_counter() - start:.2f} s")
    assert ([found.id for found in after.search(["zebra"])], built < seconds) == ([id], True)
