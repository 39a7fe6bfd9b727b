"""Scenario files on the disk: found, read and checked. The policy files that they name are read from beside them."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import Unreadable
from graph.policy_file import policy_of, read_toml
from loaders.drawn import told
from server.scenarios.checked import Checked
from server.scenarios.compare import differences
from server.scenarios.scenario_file import ScenarioError, read_scenario


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those that end in .toml in the folders named, at any depth; each once, folders in order.

    Raises Unreadable for a path that is not there, and for a folder without any.
    """
    return list(dict.fromkeys(file for path in paths for file in _files(path)))


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise Unreadable(f"{told(path)}: is not there; name scenario files, or folders of them")
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*.toml") if file.is_file())
    if not found:
        raise Unreadable(f"{told(path)}: has no file that ends in .toml; name a folder of scenarios")
    return found


def policy_tables(text: str, source: str) -> Mapping[str, Any]:
    """The tables of a policy that fits. Raises PolicyError with every mistake."""
    tables = read_toml(text, source)
    policy_of(tables, source)
    return tables


@dataclass(frozen=True, slots=True)
class Checking:
    """Checks files one by one. default_policy: the tables of the policy of those that state none."""

    default_policy: Mapping[str, Any]

    def each(self, files: Iterable[Path]) -> Iterator[Checked]:
        """What comes of each file."""
        return map(self.check, files)

    def check(self, file: Path) -> Checked:
        """What comes of one file."""
        began, name = time.perf_counter(), told(file)
        try:
            text = text_of(file)
            scenario = read_scenario(
                text, name, self.default_policy, lambda other: text_of(file.parent / other)
            )
        except Unreadable as error:
            return Checked(name, None, (str(error),))
        except ScenarioError as error:
            return Checked(name, None, error.mistakes)
        found = tuple(differences(scenario))
        return Checked(name, scenario, differing=found, seconds=time.perf_counter() - began)


def text_of(file: Path) -> str:
    """The text of a file. Raises Unreadable."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{told(file)}: cannot be read ({error}); check the path and its rights") from error
