"""A pytest plugin that tries each mutant in a fork of one process, which has imported and collected everything once.

The tests run first with nothing changed: that tells which of them reach a function, and how long each takes. A mutant
is then asked of the tests that reach its function, the quickest first, until one fails: most fail at once. The few slow
tests are asked of what lives through all the others. Hypothesis draws the same examples each time and shrinks none, for
it is enough that a test fails. What never ends is stopped, and counts as noticed.
"""

import json
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, settings

from graph import days, numbers

settings.register_profile(
    "mutants",
    phases=(Phase.explicit, Phase.generate),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)

NOTICED, LIVES, UNREACHED, STOPPED = 1, 0, 33, 36
"""What came of a mutant, as mutmut writes it: a test failed, none did, none reaches it, it had to be stopped."""

MOST_BYTES: Final = 6 << 30
AT_ONCE: Final = 2

SLOW: Final = 12
"""One in so many tests is slow; together they take nearly all the time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutants", action="append", help="which mutants, by name")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("mutants")
    config.pluginmanager.register(Trying(config.getoption("--mutants") or ["*"]))


@dataclass
class Results:
    """What came of the mutants of one module, in the file in which mutmut keeps it."""

    file: Path
    said: dict[str, Any]

    @classmethod
    def read(cls, file: Path) -> "Results":
        return cls(file, json.loads(file.read_text()))

    @property
    def of(self) -> dict[str, int | None]:
        """By mutant, what came of it; None where it was not tried since its function changed."""
        came: dict[str, int | None] = self.said["exit_code_by_key"]
        return came

    def put(self, mutant: str, came: int) -> None:
        self.of[mutant] = came
        self.file.write_text(json.dumps(self.said, indent=4))


@dataclass
class Trying:
    """What the tests reach and cost, and the mutants that are being tried, each by its process."""

    picked: list[str]
    cost: dict[str, float] = field(default_factory=dict)
    reaching: dict[str, set[pytest.Item]] = field(default_factory=lambda: defaultdict(set))
    tried: dict[int, tuple[Results, str]] = field(default_factory=dict)
    living: list[tuple[Results, str]] = field(default_factory=list)
    is_fork: bool = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.is_fork:
            os._exit(NOTICED)

    def pytest_report_teststatus(self) -> tuple[str, str, str] | None:
        return ("", "", "") if self.is_fork else None

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._run_unchanged(session)
        if session.testsfailed:
            raise session.Failed("a test fails with nothing changed")
        by_cost = sorted(session.items, key=lambda test: self.cost[test.nodeid])
        first_slow = len(by_cost) - len(by_cost) // SLOW
        self.living = list(self._left())
        for tests in (by_cost[:first_slow], by_cost[first_slow:]):
            self._try_all(tests)
        for results, mutant in self.living:
            results.put(mutant, LIVES if self.reaching[_function(mutant)] else UNREACHED)
        return True

    def _run_unchanged(self, session: pytest.Session) -> None:
        os.environ["MUTANT_UNDER_TEST"] = "stats"
        reached = import_module("mutmut.state").state()._stats
        for test in session.items:
            reached.clear()
            started = time.process_time()
            test.config.hook.pytest_runtest_protocol(item=test, nextitem=None)
            self.cost[test.nodeid] = time.process_time() - started
            for function in reached:
                self.reaching[function].add(test)

    def _left(self) -> Iterator[tuple[Results, str]]:
        """The mutants that were picked and that no test has noticed yet."""
        for file in sorted(Path("graph").glob("*.py.meta")):
            results = Results.read(file)
            for mutant, came in results.of.items():
                if came not in (NOTICED, STOPPED) and any(fnmatch(mutant, name) for name in self.picked):
                    yield results, mutant

    def _try_all(self, tests: Sequence[pytest.Item]) -> None:
        """Ask these tests of each mutant that lives."""
        asked, self.living = self.living, []
        print(f"\n{len(asked)} mutants, {len(tests)} tests", file=sys.__stderr__)
        for results, mutant in asked:
            reaching = [test for test in tests if test in self.reaching[_function(mutant)]]
            while len(self.tried) >= AT_ONCE:
                self._wait()
            if process := os.fork():
                self.tried[process] = (results, mutant)
            else:
                self.is_fork = True
                self._ask(reaching, mutant)
        while self.tried:
            self._wait()

    def _wait(self) -> None:
        process, status = os.wait()
        results, mutant = self.tried.pop(process)
        came = os.waitstatus_to_exitcode(status)
        if came == LIVES:
            self.living.append((results, mutant))
        else:
            results.put(mutant, NOTICED if came == NOTICED else STOPPED)
        if came != NOTICED:
            print("lives:" if came == LIVES else "stopped:", mutant, file=sys.__stderr__)

    def _ask(self, tests: Sequence[pytest.Item], mutant: str) -> NoReturn:
        """Run the tests under a mutant, and end: the first that fails ends it too, and so does one that never would."""
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        os.environ["MUTANT_UNDER_TEST"] = mutant
        for kept in (
            numbers._fold_character,
            numbers._has_none,
            days._ordinal,
        ):  # what unchanged functions answered
            kept.cache_clear()
        try:
            for test in tests:
                signal.setitimer(signal.ITIMER_PROF, 2 + 10 * self.cost[test.nodeid])
                test.config.hook.pytest_runtest_protocol(item=test, nextitem=None)
        except BaseException:
            os._exit(NOTICED)
        os._exit(LIVES)


def _function(mutant: str) -> str:
    return mutant.partition("__mutmut_")[0]
