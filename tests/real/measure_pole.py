"""How long POLE takes on each store, and how much memory: the numbers of the README.

Run it by `CASELINK_TEST_DATA=DIR python -m tests.real.measure_pole`. The servers run beside on the same machine; their
memory is not counted. Load and publish are whole commands, start of Python included.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.agency import Agency
from tests.bench.full_speed import FullSpeed
from tests.real.pole import AGREEMENT, MAPPING, PoleHome, archive
from tests.real.test_pole import TODAY

QUERY = (
    "{ cases(first: 20) { nodes { number title links(first: 10) { edges { node { id } link { type } } } } } }"
)


def measured(home: PoleHome, *arguments: str) -> str:
    """One command's seconds and the most memory that it held, in MiB."""
    command = [sys.executable, "-m", "server.cli", "--home", str(home.folder), *arguments]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    return f"{time.perf_counter() - start:5.1f} s {usage.ru_maxrss / 1024:6.0f} MiB"


def asked(home: PoleHome) -> str:
    """How long an answer takes, the best of twenty, asked over HTTP from another process."""
    with Agency(home.folder, home.environment).served() as asking:
        post = asking(AGREEMENT)
        seconds = []
        for _ in range(20):
            start = time.perf_counter()
            post(QUERY, {})
            seconds.append(time.perf_counter() - start)
    return f"{min(seconds) * 1000:5.0f} ms"


def measure(name: str, home: PoleHome) -> None:
    """Load, publish and ask on one store, and print it."""
    home.make()
    load = measured(home, "load", str(archive()), "--format", "neo4j-csv", "--mapping", str(MAPPING))
    publish = measured(home, "publish", "--as-of", TODAY)
    print(f"{name:8} load {load}   publish {publish}   20 cases with their links {asked(home)}", flush=True)


def main() -> None:
    """Both stores, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", PoleHome(Path(folder) / "sqlite"))
        with FullSpeed() as holdings, FullSpeed() as releases:
            stores = ""
            for name, server in (("holdings", holdings), ("releases", releases)):
                password = Path(folder) / name
                password.write_text(server.password, encoding="utf-8")
                stores += f'\n[{name}]\nurl = "{server.url}"\nuser = "{server.user}"\npassword_file = "{password}"\n'
            measure("Neo4j", PoleHome(Path(folder) / "neo4j", stores))


if __name__ == "__main__":
    main()
