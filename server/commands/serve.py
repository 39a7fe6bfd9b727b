"""`caselink serve`: the partner app and the office app, each in a process of its own, and the timer of publications."""

import math
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final

import click
from starlette.applications import Starlette
from uvicorn.config import LOGGING_CONFIG

from graph.errors import CaselinkError
from graph.sources import is_restriction_due
from server import rotation
from server.commands.session import Session, clock, note, publisher, recorder
from server.ends_with import Lifeline, end_with_starter
from server.home import KEYS, Home
from server.json_log import log_as_json
from server.limits_on_file import read_limits
from server.listening import listen
from server.timer import Timer, beginning
from server.tls import read_tls
from server.withdrawals import UNDONE, drop_unknown, restrict

_POLL_SECONDS: Final = 0.2
_WAY_SECONDS: Final = 2


@click.command()
@click.option("--partner-port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--office-port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--only", type=click.Choice(["partner", "office"]), help="Serve this app alone, in this process."
)
@click.option(
    "--tls-cert", type=click.Path(path_type=Path), help="Speak TLS, by the certificate in this file (PEM)."
)
@click.option("--tls-key", type=click.Path(path_type=Path), help="The certificate's key (PEM).")
@click.pass_obj
def serve(
    session: Session,
    partner_port: int,
    office_port: int,
    host: str,
    only: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Serve until Ctrl-C: partners at /graphql on the partner port, the office on its own."""
    home, tls = session.home(), read_tls(tls_cert, tls_key)
    if home.settings.json_log:
        log_as_json()
    signal.signal(signal.SIGTERM, _end)
    end_with_starter(session.environment)
    scheme = "http" if tls is None else "https"
    if only == "partner":
        from server.partner.process import partner_app

        _listen(home, only, partner_app(home, _local(scheme, host, office_port)), host, partner_port, tls)
    elif only == "office":
        from server.office.process import office_app

        _listen(home, only, office_app(home), host, office_port, tls)
    else:
        files = () if tls is None else ("--tls-cert", str(tls_cert), "--tls-key", str(tls_key))
        _serve_both(session, host, {"partner": partner_port, "office": office_port}, files)


def _local(scheme: str, host: str, port: int) -> str:
    """Where an office app of this machine answers that was told to listen at this address."""
    return f"{scheme}://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"


def _listen(home: Home, name: str, app: Starlette, host: str, port: int, tls: ssl.SSLContext | None) -> None:
    """Serve until told to stop. What was begun by then is answered; what takes longer than it may is given up."""
    _check_free(host, port)
    log_config = None if home.settings.json_log else LOGGING_CONFIG
    address = f"{name}: {'http' if tls is None else 'https'}://{host}:{port}"
    told = partial(note, address)
    listen(app, host, port, told, patience=_patience(home), log_config=log_config, tls=tls)


def _patience(home: Home) -> int:
    """For how many seconds what was begun may go on: as long as an answer may take, and a little for its way."""
    return math.ceil(read_limits(home).seconds) + _WAY_SECONDS


def _check_free(host: str, port: int) -> None:
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        # Python adds the address to the system's words.
        why = str(error.strerror).split(" (while")[0]
        raise CaselinkError(f"{host}:{port}: cannot listen ({why}); name another port") from error


def _serve_both(session: Session, host: str, ports: dict[str, int], files: Sequence[str]) -> None:
    """Start both, each of which says where it answers.

    Both are stopped as soon as one of them ends, or this process is told to stop.
    """
    _check_ports(host, ports)
    home = session.home()
    patience = _patience(home) + _WAY_SECONDS
    _finish(home)
    timer, lifeline = _timer(session, home), Lifeline()
    children: list[subprocess.Popen[bytes]] = []
    try:
        while True:
            keys = _Keys(home)
            children += (_start(session, lifeline, host, app, ports, files) for app in ports)
            _watch(children, timer, keys)
            if not keys.have_changed():
                break
            note("The keys have changed; both apps are started anew.")
            _end_all(children, patience)
    finally:
        _end_all(children, patience)
        timer.stop(patience)
    raise CaselinkError("One of the apps has stopped; its words are above. Both are stopped now")


def _check_ports(host: str, ports: dict[str, int]) -> None:
    if len(set(ports.values())) < len(ports):
        raise CaselinkError(f"--partner-port and --office-port are both {ports['partner']}; name two ports")
    for port in ports.values():
        _check_free(host, port)


def _timer(session: Session, home: Home) -> Timer:
    """Each new day publishes what it has changed."""
    return Timer(
        today=lambda: clock(home).today(),
        begin=beginning([*_caselink(session), "publish", "--due"], dict(session.environment)),
        say=note,
    )


def _watch(children: "Sequence[subprocess.Popen[bytes]]", timer: Timer, keys: "_Keys") -> None:
    """Return as soon as one of the apps has ended, or the keys have changed."""
    while all(child.poll() is None for child in children) and not keys.have_changed():
        timer.tick()
        time.sleep(_POLL_SECONDS)


def _finish(home: Home) -> None:
    """A load that was killed may have left its withdrawals undone; nothing is served before they are done.

    One that has stored nothing which withholds leaves nothing to be done, and nobody is refused for it any more.
    """
    with publisher(home, note) as publishing:
        if is_restriction_due(publishing.holdings):
            note(UNDONE)
            rules, moment = home.rules(), clock(home).moment(publishing.holdings)
            drop_unknown(publishing, rules, recorder(home))
            restrict(publishing, rules, moment, recorder(home))
        else:
            publishing.serve_again()


def _start(
    session: Session, lifeline: Lifeline, host: str, app: str, ports: dict[str, int], files: Sequence[str]
) -> "subprocess.Popen[bytes]":
    options = [argument for name, port in ports.items() for argument in (f"--{name}-port", str(port))]
    arguments = [*_caselink(session), "serve", "--host", host, *options, *files, "--only", app]
    # In a session of its own: Ctrl-C is for this process alone, which then stops both.
    environment = lifeline.environment(session.environment)
    return subprocess.Popen(arguments, env=environment, pass_fds=(lifeline.given,), start_new_session=True)


def _caselink(session: Session) -> list[str]:
    return [sys.executable, "-m", "server.cli", "--home", str(session.folder)]


class _Keys:
    """The home's keys as the apps were started with them."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._files = self._look()

    def have_changed(self) -> bool:
        """Whether others are in their place, all of them."""
        return not rotation.is_begun(self._home) and self._look() != self._files

    def _look(self) -> dict[str, int]:
        """Keys are moved into their place, never written over, so that each is another file."""
        files = (self._home.key_file(name) for name in KEYS)
        return {file.name: file.stat().st_ino for file in files if file.exists()}


def _end_all(children: "list[subprocess.Popen[bytes]]", patience: float) -> None:
    """Tell all of them to end before the first is waited for."""
    for child in children:
        child.terminate()
    for child in children:
        _await_end(child, patience)
    children.clear()


def _await_end(child: "subprocess.Popen[bytes]", patience: float) -> None:
    """A request that has begun is answered first; one that takes longer than any may is given up."""
    try:
        child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Told to stop, as it is meant to be stopped: nothing to say."""
    sys.exit(0)
