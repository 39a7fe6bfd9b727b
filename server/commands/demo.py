"""`caselink demo`: a home with made-up holdings, loaded, published and served, and a first query to paste.

It does what a person would do by hand, with the same commands. `--check` asks the first query itself and exits.
"""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from graph.errors import CaselinkError, HomeError
from loaders.sample import write_sample
from server.commands.session import Session, note
from server.home import default

DEMO_FOLDER: Final = Path("caselink-demo")
FIRST_QUERY: Final = (
    "{ agreement { partner release { recordCount linkCount } }"
    " cases(first: 3) { totalCount nodes { number title status documents(first: 2) { nodes { number title } } } } }"
)
AGREEMENT: Final = "ndex"
USER: Final = "demo.analyst"
OFFICE: Final = "SAC-NY"
_START_SECONDS: Final = 60


@click.command()
@click.option("--check", is_flag=True, help="Ask the first query, print the answer, and exit.")
@click.option("--partner-port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--office-port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.pass_obj
def demo(session: Session, check: bool, partner_port: int, office_port: int) -> None:
    """Make, load, publish and serve a home with made-up holdings (in ./caselink-demo unless --home is given)."""
    demonstration = _Demo(session.folder if session.chosen else DEMO_FOLDER, partner_port, office_port)
    demonstration.prepare()
    demonstration.serve(check=check)


@dataclass(frozen=True, slots=True)
class _Demo:
    """One demo home and its ports."""

    folder: Path
    partner_port: int
    office_port: int

    @property
    def sample(self) -> Path:
        """The made-up holdings; that they are there marks the home as a demo's."""
        return self.folder / "sample.jsonl"

    @property
    def address(self) -> str:
        """Where the partner app answers."""
        return f"http://127.0.0.1:{self.partner_port}"

    def prepare(self) -> None:
        """A home, the sample, loaded and published. Done again, it changes nothing."""
        if not (self.folder / "caselink.toml").exists():
            self._run("init")
            (self.folder / "agreements" / "county.toml").write_text(default("county.toml"), encoding="utf-8")
            settings = self.folder / "caselink.toml"
            settings.write_text("graphiql = true\n" + settings.read_text("utf-8"), encoding="utf-8")
        elif not self.sample.exists():
            raise HomeError(f"{self.folder}: is a home of its own; made-up holdings do not belong in it")
        lines = write_sample(self.sample)
        note(f"{lines:,} made-up lines in {self.sample}")
        self._run("load", str(self.sample))
        self._run("publish", "--yes")

    def serve(self, *, check: bool) -> None:
        """Serve until Ctrl-C, or until the first query is answered."""
        signal.signal(
            signal.SIGTERM, _ended
        )  # the server is in a session of its own: it has to be told as well
        ports = ("--partner-port", str(self.partner_port), "--office-port", str(self.office_port))
        server = subprocess.Popen(self._command("serve", *ports), start_new_session=True)
        try:
            self._await(server)
            token = self._told("token", "--agreement", AGREEMENT, "--user", USER)
            if check:
                click.echo(json.dumps(self._ask(token), indent=2, ensure_ascii=False))
            else:
                self._print(token)
                server.wait()
        finally:
            _stop(server)

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "server.cli", "--home", str(self.folder), *arguments]

    def _run(self, *arguments: str) -> None:
        done = subprocess.run(self._command(*arguments), check=False)
        if done.returncode != 0:
            raise CaselinkError(
                f"caselink {' '.join(arguments)} ended with {done.returncode}; its words are above"
            )

    def _told(self, *arguments: str) -> str:
        return subprocess.run(
            self._command(*arguments), check=True, capture_output=True, text=True
        ).stdout.strip()

    def _await(self, server: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not _answers(f"{self.address}/readyz"):
            if server.poll() is not None:
                raise CaselinkError("The server did not start; its words are above")
            if time.monotonic() > deadline:
                raise CaselinkError(f"{self.address} did not answer within {_START_SECONDS} s")
            time.sleep(0.1)

    def _ask(self, token: str) -> Any:
        request = urllib.request.Request(
            f"{self.address}/graphql",
            json.dumps({"query": FIRST_QUERY}).encode(),
            {"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            told = json.load(answer)
        if "errors" in told:
            raise CaselinkError(f"The first query was not answered: {told['errors']}")
        return told

    def _print(self, token: str) -> None:
        office = f"http://127.0.0.1:{self.office_port}"
        officers = "".join(
            f"{role:<11}{office}/#token={self._officer(role)}\n"
            for role in ("supervisor", "agent", "auditor")
        )
        click.echo(f"""
Open one of these: each signs you in.

partner    {self.address}/explore#token={token}
{officers}
A first query, as the partner's programs ask:

curl -s {self.address}/graphql -H 'Content-Type: application/json' \\
  -H 'Authorization: Bearer {token}' \\
  -d '{json.dumps({"query": FIRST_QUERY})}'

{self.address}/ says what this is; {self.address}/graphiql is for writing queries. Ctrl-C ends it.""")

    def _officer(self, role: str) -> str:
        """A token for an officer of the demo in one role."""
        return self._told("token", "--office", OFFICE, "--role", role, "--user", f"demo.{role}")


def _ended(_signal: int, _frame: object) -> None:
    raise SystemExit(128 + signal.SIGTERM)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _stop(server: "subprocess.Popen[bytes]") -> None:
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()  # it gives up by itself what takes too long
