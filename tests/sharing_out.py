"""How the tests are shared out among processes: those of a file go together, and so do all that need the real Neo4j.

Its two servers are started once that way, however many processes there are: to start one takes ten seconds of a
processor, and half a gigabyte. The process that shares out sees no more of a test than its id; so each that runs tests
writes down, once it has collected them, which of them go together.
"""

from pathlib import Path
from tempfile import mkstemp
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

_LISTED = pytest.StashKey[Path]()


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # it has no types
    """A file is one piece of work, but for its tests that need the real Neo4j: those of all files are one."""

    _together: frozenset[str] | None = None

    def _split_scope(self, nodeid: str) -> str:
        if self._together is None:
            self._together = frozenset(self.config.stash[_LISTED].read_text(encoding="utf-8").splitlines())
        return "neo4j" if nodeid in self._together else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a process that is to run tests where to write."""
    node.workerinput["listed"] = str(node.config.stash[_LISTED])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:
    """With `--dist=loadfile`; other ways share out as pytest-xdist has it."""
    return ByFile(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_configure(config: pytest.Config) -> None:
    """Make the list; every process has read it when the last one has ended."""
    if not hasattr(config, "workerinput"):
        path = Path(mkstemp(prefix="caselink-tests-")[1])
        config.stash[_LISTED] = path
        config.add_cleanup(path.unlink)


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist tells that all is collected
def pytest_collection_finish(session: pytest.Session) -> None:
    """Write the list."""
    told = getattr(session.config, "workerinput", None)
    if told:
        ids = [item.nodeid for item in session.items if item.get_closest_marker("neo4j")]
        Path(told["listed"]).write_text("\n".join(ids), encoding="utf-8")
