"""How long whole holdings take to be judged: R1–R9 over arrays, on one core (issue 4).

The seconds are those of the processor. Run by `make bench`, or one of them by
`.venv/bin/pytest -m bench -s tests/bench/bench_whole.py -k NAME`.
"""

import gc
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice
from typing import Final, TypeVar

import msgspec
import numpy as np
import orjson
import pytest

from graph.agreement import agreement_of
from graph.content import Showing
from graph.gather import gather
from graph.judge import Judgement, judge
from graph.keys import naming
from graph.policy_file import policy_of
from graph.propagate import Passages, carried
from graph.release import Content
from graph.shared import Shared
from loaders.sample import sample_lines
from tests import worked_example
from tests.bench.judging import Judged
from tests.bench.made_linkage import made_linkage
from tests.building import KEYS, TODAY, agreement, policy
from tests.engine import holdings_of
from tests.specification.lines import held
from tests.specification.releasing import judged as specified
from tests.specification.setting import Setting

WHOLE: Final = 5_000_000
SIZES: Final = (100_000, 1_000_000, WHOLE, 10_000_000)
ROUNDS: Final = 2
"""The best of so many counts: what else the machine does takes memory from all alike."""

DAY: Final = TODAY.toordinal()

T = TypeVar("T")

pytestmark = pytest.mark.bench


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The processor's seconds for it, and what came of it."""
    gc.collect()
    start = time.process_time()
    made = work()
    return time.process_time() - start, made


def test_five_million_links_are_judged_in_three_seconds_and_cost_grows_with_the_links() -> None:
    took = {links: min((_judged(links) for _ in range(ROUNDS)), key=_seconds) for links in SIZES}
    whole = took[WHOLE]
    print("\nR1–R9 over arrays, 2 agreements, 500 clearances and 500 consents each, on one core")
    for each in took.values():
        print(
            f"{each.links:>10,} links {each.records:>9,} records {each.seconds:6.2f} s"
            f" ({each.shared_seconds:.2f} s of it shared) {each.gigabytes:5.2f} GB"
            f" {each.microseconds_a_link:5.2f} µs a link,"
            f" {each.microseconds_a_link / whole.microseconds_a_link:4.2f} of that at {WHOLE:,}"
        )
    assert whole.seconds < 3
    assert whole.gigabytes < 1.5
    assert took[SIZES[-1]].microseconds_a_link < 2 * took[SIZES[0]].microseconds_a_link


def test_a_sample_is_judged_ten_times_as_fast_as_by_the_specification() -> None:
    tables, terms = worked_example.policy(), worked_example.agreement("ndex")
    under = policy_of(tables)
    mou = agreement_of(terms, under, "agreement.toml")
    lines = list(sample_lines(200))
    setting = Setting(held(lines), tables, terms, TODAY, ())
    slow, specification = timed(lambda: specified(setting))
    entries = list(holdings_of(lines, under.patterns).entries())
    reading, linkage = timed(lambda: gather(entries, under))
    quick, engine = timed(lambda: judge(linkage, under, mou, DAY))
    print(
        f"\n{len(lines):,} lines: specification {slow:.3f} s, engine {quick:.4f} s, ratio {slow / quick:.0f};"
        f" with the reading of the lines {reading + quick:.3f} s, ratio {slow / (reading + quick):.1f}"
    )
    assert engine.released_ids() == specification.records
    assert engine.released_link_ids() == specification.links
    assert slow >= 10 * quick


def test_a_chain_of_a_million_links_costs_what_as_many_links_cost_in_shorter_ones() -> None:
    short, long = _chains(1_000_000, 20_000), _chains(1_000_000, 1_000_000)
    print(
        f"\n1,000,000 links as 50 chains of 20,000: {short:.2f} s; as one: {long:.2f} s, ratio {long / short:.2f}"
    )
    assert long < 2 * short


def test_many_agreements_share_what_they_have_in_common() -> None:
    under = policy()
    mous = [agreement(f"partner-{n}", under=under) for n in range(20)]
    linkage = made_linkage(500_000, under, mous, DAY)

    def together() -> list[Judgement]:
        shared = Shared.of(linkage, under)
        return [judge(linkage, under, mou, DAY, shared) for mou in mous]

    sharing, judgements = timed(together)
    alone, apart = timed(lambda: [judge(linkage, under, mou, DAY) for mou in mous])
    print(
        f"\n20 agreements over 500,000 links, with 1,000 decisions each: {sharing:.2f} s;"
        f" each for itself {alone:.2f} s, ratio {alone / sharing:.1f}"
    )
    for one, other in zip(judgements, apart, strict=True):
        assert np.array_equal(one.released, other.released)
        assert np.array_equal(one.links, other.links)
    assert sharing < alone


def test_lines_are_read_and_shown_at_a_few_times_the_cost_of_their_json() -> None:
    under = policy()
    mou = agreement(under=under)
    entries = list(holdings_of(list(islice(sample_lines(12_000), 200_000)), under.patterns).entries())
    parsing, _ = timed(lambda: [orjson.loads(entry.line) for entry in entries])
    reading, linkage = timed(lambda: gather(entries, under))
    judgement = judge(linkage, under, mou, DAY)
    showing = Showing.of(judgement, under, mou, naming(KEYS, mou.id))

    def show() -> Content:
        content = Content()
        for entry in entries:
            showing.add(entry, content)
        return content

    shown, content = timed(show)
    released = len(content.records) + len(content.links)
    print(f"\n{len(entries):,} lines, {released:,} of them released")
    for name, seconds, count in (
        ("parsed as JSON", parsing, len(entries)),
        ("gathered", reading, len(entries)),
        ("shown to one agreement", shown, released),
    ):
        each, bare = seconds / count * 1e6, parsing / len(entries) * 1e6
        print(f"{name:<24} {seconds:5.2f} s {each:6.2f} µs a line, ratio {each / bare:4.1f}")
    assert reading < 12 * parsing


def _seconds(judged: Judged) -> float:
    return judged.seconds


def _judged(links: int) -> Judged:
    command = [sys.executable, "-m", "tests.bench.judging", str(links)]
    return msgspec.json.decode(subprocess.run(command, check=True, capture_output=True).stdout, type=Judged)


def _chains(links: int, length: int) -> float:
    """How long a category takes through this many links in chains of this length, the links in no order."""
    giver = np.random.default_rng(2009).permutation(links)
    giver = giver[giver % length != length - 1]
    own = np.zeros(links, np.uint64)
    own[::length] = 1
    every = np.ones(len(giver), np.uint64)
    seconds, words = timed(lambda: carried(own, Passages(giver, giver + 1, every, np.arange(len(giver)))))
    assert words.all()
    return seconds
