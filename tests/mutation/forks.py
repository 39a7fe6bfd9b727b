"""A pytest plugin that tries each mutant in a fork of one process, which has imported and collected everything once.

The tests run first with nothing changed: that tells which of them reach a function, and how long each takes. A mutant
is then asked of the tests that reach its function, the quickest first, until one fails: most fail at once. Hypothesis
draws the same examples each time and shrinks none, for it is enough that a test fails. What never ends is stopped, and
counts as noticed.
"""

import json
import os
import resource
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, settings

from graph import numbers

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
    cost: Counter[str] = field(default_factory=Counter)
    reaching: dict[str, list[pytest.Item]] = field(default_factory=lambda: defaultdict(list))
    tried: dict[int, tuple[Results, str]] = field(default_factory=dict)
    is_fork: bool = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and self.is_fork:
            os._exit(NOTICED)
        self.cost[report.nodeid] += report.duration  # type: ignore[assignment]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._run_unchanged(session)
        if session.testsfailed:
            raise session.Failed("a test fails with nothing changed")
        for results, mutant in list(self._left()):
            while len(self.tried) >= AT_ONCE:
                self._wait()
            self._try(results, mutant)
        while self.tried:
            self._wait()
        return True

    def _run_unchanged(self, session: pytest.Session) -> None:
        os.environ["MUTANT_UNDER_TEST"] = "stats"
        reached = import_module("mutmut.state").state()._stats
        for test in session.items:
            reached.clear()
            test.config.hook.pytest_runtest_protocol(item=test, nextitem=None)
            for function in reached:
                self.reaching[function].append(test)
        for tests in self.reaching.values():
            tests.sort(key=lambda test: self.cost[test.nodeid])

    def _left(self) -> Iterator[tuple[Results, str]]:
        """The mutants that were picked and that no test has noticed yet."""
        for file in sorted(Path("graph").glob("*.py.meta")):
            results = Results.read(file)
            for mutant, came in results.of.items():
                if came not in (NOTICED, STOPPED) and any(fnmatch(mutant, name) for name in self.picked):
                    yield results, mutant

    def _try(self, results: Results, mutant: str) -> None:
        tests = self.reaching[mutant.partition("__mutmut_")[0]]
        if not tests:
            results.put(mutant, UNREACHED)
        elif process := os.fork():
            self.tried[process] = (results, mutant)
        else:
            self.is_fork = True
            self._ask(tests, mutant)

    def _wait(self) -> None:
        process, status = os.wait()
        results, mutant = self.tried.pop(process)
        code = os.waitstatus_to_exitcode(status)
        came = code if code in (NOTICED, LIVES) else STOPPED
        results.put(mutant, came)
        if came != NOTICED:
            print("lives:" if came == LIVES else "stopped:", mutant, file=sys.__stderr__)

    def _ask(self, tests: list[pytest.Item], mutant: str) -> NoReturn:
        """Run the tests under a mutant, and end: the first that fails ends it too, and so does one that never would."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        os.environ["MUTANT_UNDER_TEST"] = mutant
        for kept in (numbers._fold_character, numbers._has_none):  # what unchanged functions answered
            kept.cache_clear()
        try:
            for test in tests:
                signal.setitimer(signal.ITIMER_PROF, 2 + 10 * self.cost[test.nodeid])
                test.config.hook.pytest_runtest_protocol(item=test, nextitem=None)
        except BaseException:
            os._exit(NOTICED)
        os._exit(LIVES)
