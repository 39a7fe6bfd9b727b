"""The command line as its user meets it: what it prints, where, and how it ends. In this process, to be quick."""

import contextlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from server.cli import main
from tests import worked_example
from tests.building import Given, as_bytes


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The result that it printed as JSON."""
        return json.loads(self.out)


class Keyboard(io.StringIO):
    """A terminal at which somebody has typed."""

    def isatty(self) -> bool:
        return True


def run(
    *arguments: str | Path, environment: Mapping[str, str] | None = None, typed: str | None = None
) -> Ran:
    """Run `caselink` with these arguments. typed: at a terminal; None: nobody is at the keyboard."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch("sys.argv", ["caselink", *map(str, arguments)]),
        patch("sys.stdin", io.StringIO() if typed is None else Keyboard(typed)),
        patch.dict("os.environ", environment or {}),
        patch("server.commands.printing._EVERY_SECONDS", float("inf")),  # however slow the machine is
    ):
        code = _code()
    return Ran(code, out.getvalue(), err.getvalue())


def _code() -> int:
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


@dataclass(frozen=True)
class Desk:
    """Somebody who works with one home. folder: what else he keeps is beside it."""

    folder: Path

    @property
    def home(self) -> Path:
        """The home."""
        return self.folder / "home"

    def run(self, *arguments: str | Path) -> Ran:
        """Run a command on the home."""
        return run("--home", self.home, *arguments)

    def done(self, *arguments: str | Path) -> Ran:
        """Run a command that ends well."""
        ran = self.run(*arguments)
        assert ran.code == 0, ran.err
        return ran

    def file(self, name: str, *lines: Given) -> Path:
        """A file with these lines."""
        path = self.folder / name
        path.write_bytes(b"".join(as_bytes(line) + b"\n" for line in lines))
        return path

    def load(self, *lines: Given, name: str = "given.jsonl") -> Ran:
        """Load these lines from a file."""
        return self.run("load", self.file(name, *lines))

    def seen(self, agreement: str = "ndex") -> set[str]:
        """The ids of what is released, as an export has them."""
        return {line["id"] for line in self.exported(agreement)[1:]}

    def exported(self, agreement: str = "ndex") -> list[dict[str, Any]]:
        """The lines of an export."""
        path = self.folder / f"{agreement}.export"
        self.done("export", "--agreement", agreement, path)
        return [json.loads(line) for line in path.read_bytes().splitlines()]

    def agreement(self, text: str, name: str = "ndex") -> None:
        """Put an agreement on file."""
        (self.home / "agreements" / f"{name}.toml").write_text(text, encoding="utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        """Change a file of the home."""
        path = self.home / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def agreement_text(id: str) -> str:
    """One of the worked example's agreements."""
    return (worked_example.FOLDER / "agreements" / f"{id}.toml").read_text(encoding="utf-8")
