"""`make mutants`: changes the rules' code in small ways, one at a time, and asks the tests of the rules to notice each.

mutmut makes the mutants, in `mutants/`, and forgets what came of one whose function has changed since. Here they are
tried (`tests/mutation/forks.py`): those that no run has tried yet, and those that no run has noticed. An argument picks
some by their names, such as `graph.scope*`.
"""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

# Not named by an import: mutmut is installed by `make mutants` alone.
mutmut = import_module("mutmut.__main__")


def make() -> None:
    """Write the rules with all their mutants to `mutants/`, beside the tests."""
    Path("mutants").mkdir(exist_ok=True)
    mutmut.set_mutant_under_test("mutant_generation")
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.setup_source_paths()
    mutmut.store_lines_covered_by_tests()
    mutmut.create_mutants(os.cpu_count())


def try_them(names: list[str]) -> int:
    """Try the mutants with these names (all, if none is given) in a process that imports the copies alone."""
    config = import_module("mutmut.configuration").config()
    plain = ["-q", "--assert=plain", "--tb=no", "-p", "no:cacheprovider", "-p", "tests.mutation.forks"]
    picked = [f"--mutants={name}" for name in names]
    command = [sys.executable, "-m", "pytest", *plain, *picked, *config.pytest_add_cli_args_test_selection]
    return subprocess.run(command, cwd="mutants", check=False).returncode


if __name__ == "__main__":
    make()
    sys.exit(try_them(sys.argv[1:]))
