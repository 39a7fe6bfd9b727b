"""One real Neo4j on loopback: started, stopped, killed, paused, and never left behind.

It is ready once Bolt has answered an authenticated query, not before. Start it from a thread that lives as long as the
server shall: where the kernel guards it (see java.py), it ends with that thread.
"""

import atexit
import contextlib
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from neo4j import Driver, GraphDatabase
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from tests.neo4j_server.errors import CannotStart
from tests.neo4j_server.home import USER, is_free, lay_out
from tests.neo4j_server.jars import cache_folder, checked_jars, published_sums
from tests.neo4j_server.java import find_java, java_command
from tests.neo4j_server.last_words import last_words

_MAIN_CLASS = "org.neo4j.server.CommunityEntryPoint"
_SECONDS_TO_STOP = 120.0


class Neo4jServer:
    """A Neo4j with a port of its own and a random password.

    `home` keeps its data, port and password after `close`; without one a temporary folder has them, and goes with it.
    `heap` is as Java writes sizes (`1g`), `page_cache` as Neo4j does; `patience` is how many seconds a start may take.
    Use it as a context manager, or call `start` and at last `close`. CannotStart if Java or the jars are wanting.
    """

    user = USER

    def __init__(
        self, home: Path | None = None, *, heap: str = "1g", page_cache: str = "256m", patience: float = 600.0
    ) -> None:
        find_java()  # before 123 MB are fetched for nothing
        self._java = java_command(checked_jars(cache_folder(), published_sums()))
        self._heap = heap
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._is_temporary = home is None
        self.home = home.absolute() if home else Path(tempfile.mkdtemp(prefix="caselink-neo4j-"))
        self._console = self.home / "console.log"
        atexit.register(self.close)
        self._access = lay_out(self.home, self._java, page_cache)

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close it, whatever happened."""
        self.close()

    @property
    def port(self) -> int:
        """Its Bolt port on 127.0.0.1; it keeps it over every restart."""
        return self._access.port

    @property
    def url(self) -> str:
        """Its address, as `caselink.toml` wants it."""
        return f"neo4j://127.0.0.1:{self.port}"

    @property
    def password(self) -> str:
        """The password of `user`."""
        return self._access.password

    @property
    def process_id(self) -> int | None:
        """The id of its process; None while none runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    @contextlib.contextmanager
    def driver(self) -> Iterator[Driver]:
        """A driver that is logged in, closed at the end; it goes to this one server and asks for no routes."""
        address = f"bolt://127.0.0.1:{self.port}"
        with GraphDatabase.driver(
            address, auth=(self.user, self.password), telemetry_disabled=True
        ) as driver:
            yield driver

    def start(self) -> None:
        """Start it and wait until it answers; CannotStart says why it does not."""
        if not is_free(self.port):
            raise CannotStart(
                f"Port {self.port}, on which {self.home} is served, is taken: stop the program that has it."
            )
        process = self._process = self._launch()
        try:
            self._await_answer(process)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop it in order, so that it writes down all that it has; one that does not stop in time is killed."""
        if self._process is None:
            return
        self.resume()  # a paused one would not hear of it
        self._process.terminate()
        try:
            self._process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """End it at once (SIGKILL), as a power cut would; its home stays for `restart`."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        self._process = None

    def pause(self) -> None:
        """Freeze it (SIGSTOP): its port still takes connections, and nothing answers."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen one go on."""
        self._signal(signal.SIGCONT)

    def restart(self) -> None:
        """Start it again with the same home, port and password, after stopping it if it runs."""
        self.stop()
        self.start()

    def wait(self) -> str:
        """Wait until it ends by itself; what it said of why."""
        if self._process is not None:
            self._process.wait()
        return self._last_words()

    def close(self) -> None:
        """Let nothing be left of it but a home that was named. May be called twice."""
        atexit.unregister(self.close)
        if self._is_temporary:
            self.kill()
            shutil.rmtree(self.home, ignore_errors=True)
        else:
            self.stop()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def _launch(self) -> subprocess.Popen[bytes]:
        folders = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        with self._console.open("wb") as console:
            return subprocess.Popen(
                [*self._java, f"-Xmx{self._heap}", _MAIN_CLASS, "--console-mode", *folders],
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a Ctrl-C is ours to hear, not Java's
            )

    def _await_answer(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + self._patience
        while not self._answers():
            if process.poll() is not None:
                raise CannotStart(f"Neo4j ended while it started: {self._last_words()}")
            if time.monotonic() > end:
                raise CannotStart(
                    f"Neo4j did not answer within {self._patience:g} seconds; is this machine too busy for it?"
                )
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with self.driver() as driver, driver.session() as session:
                session.run("RETURN 1").consume()
        except AuthError as error:
            raise CannotStart(
                f"The Neo4j in {self.home} has another password than access.json says there."
            ) from error
        except (DriverError, Neo4jError):
            return False
        return True

    def _last_words(self) -> str:
        return last_words(self._console.read_text(encoding="utf-8", errors="replace"))
