"""The Java command that Neo4j 5.26 runs under: the one of `JAVA_HOME`, else the one on the path. Never installs one."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.neo4j_server.errors import CannotStart

OLDEST = 17
INSTALL = f"install a Java {OLDEST} runtime (on Debian: apt-get install openjdk-{OLDEST}-jre-headless)"

# The kernel kills Java with the thread that started it, however that ends, where Linux's setpriv is.
_GUARD = ("setpriv", "--pdeathsig", "KILL", "--")
# Neo4j reaches into these packages.
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.lang", "java.util.concurrent")
_OPTIONS = (
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
    "-XX:+UseSerialGC",  # half the memory that the usual collector takes
    "-XX:TieredStopAtLevel=1",  # compile quickly rather than well: half the processor time of a start and a small load
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-UsePerfData",
)


def java_command(jars: Iterable[Path]) -> list[str]:
    """The command up to its main class, with `jars` as its class path; CannotStart without a Java that will do."""
    guard = _GUARD if shutil.which(_GUARD[0]) else ()
    class_path = os.pathsep.join(str(jar) for jar in jars)
    return [*guard, find_java(), *_OPTIONS, "-cp", class_path]


def find_java() -> str:
    """The path of a `java` that is new enough; CannotStart where there is none, or only one that is too old."""
    java = _on_this_machine()
    if java is None:
        raise CannotStart(f"Neo4j needs Java, and there is none here: {INSTALL}.")
    version = _version(java)
    if version < OLDEST:
        raise CannotStart(f"Neo4j needs Java {OLDEST}, and {java} is version {version}: {INSTALL}.")
    return java


def _on_this_machine() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")


def _version(java: str) -> int:
    """17 for `openjdk version "17.0.15"`, 1 for the old way of counting (`"1.8.0"`), 0 where it does not tell."""
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    match = re.search(r'version "(\d+)', told.stderr)
    return int(match[1]) if match else 0
