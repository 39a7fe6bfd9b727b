"""`caselink query`: an operation from a file, asked of a partner app. It needs no home.

No token stands on its command line: the list of a machine's running commands is there for all its users to read, and
shells keep what was typed. It comes from the environment or a file.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click
import orjson

from graph.errors import CaselinkError, Unreadable
from graph.printable import printable
from server.asking import Told, address_of, ask
from server.commands.session import JSON_OPTION, Session, note, print_json

TOKEN: Final = "CASELINK_TOKEN"
PARTLY: Final = 3
_STDIN: Final = Path("-")
_LONGEST: Final = 200


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--url", default="http://127.0.0.1:8000", show_default=True, help="Where the partner app answers."
)
@click.option("--token-file", type=click.Path(path_type=Path), help=f"Holds the token; left out: {TOKEN}.")
@click.option("--variables", metavar="JSON", help="The variables: a JSON object, or a file that has one.")
@click.option("--operation", metavar="NAME", help="Which operation of the file, if it has several.")
@click.option("--purpose", metavar="TEXT", help="Why you ask, where the agreement wants to know.")
@click.option("--case-number", metavar="TEXT", help="For which case of your own, likewise.")
@JSON_OPTION
@click.pass_obj
def query(session: Session, /, **given: Any) -> None:
    """Ask the operation in FILE of a partner app, and print what is answered."""
    asked = _Given(**given)
    address = address_of(asked.url)
    question, headers = asked.question(), asked.headers()
    _tell(ask(address, _token(asked.token_file, session.environment), question, headers), asked.as_json)


@dataclass(frozen=True, slots=True)
class _Given:
    """What stands on the command line."""

    file: Path
    url: str
    token_file: Path | None
    variables: str | None
    operation: str | None
    purpose: str | None
    case_number: str | None
    as_json: bool

    def question(self) -> dict[str, Any]:
        """The body of the request."""
        variables = None if self.variables is None else _variables(self.variables)
        stated = {"query": _text(self.file), "variables": variables, "operationName": self.operation}
        return {name: part for name, part in stated.items() if part is not None}

    def headers(self) -> dict[str, str]:
        """Why it is asked, as far as that is stated."""
        stated = {
            "X-Purpose": ("--purpose", self.purpose),
            "X-Case-Number": ("--case-number", self.case_number),
        }
        return {name: _line(option, text) for name, (option, text) in stated.items() if text is not None}


def _tell(told: Told, as_json: bool) -> None:
    """What was answered on stdout, all else on stderr. Exit 2: there is no data; 3: some of it is missing."""
    data = told.answer.get("data")
    if as_json:
        print_json(told.answer)
    elif data is not None:
        print_json(data)
    for fault in told.faults:
        note(fault)
    if told.release:
        note(printable("{agreement} {version}: {caveat}".format_map(told.release)))
    if data is None:
        raise CaselinkError(f"HTTP {told.status}; no data was given, for the reasons above")
    if told.faults:
        sys.exit(PARTLY)


def _token(file: Path | None, environment: Mapping[str, str]) -> str:
    if file is None:
        token, place = environment.get(TOKEN, ""), TOKEN
    else:
        token, place = _text(file), f"--token-file {file}"
    token = token.strip()
    if not token:
        raise CaselinkError(f"{place}: there is no token; set {TOKEN}, or name a --token-file that has it")
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise CaselinkError(f"{place}: is no token; it is one word of letters, digits, dots and dashes")
    return token


def _variables(given: str) -> dict[str, Any]:
    written = given if given.lstrip().startswith(("{", "[")) else _text(Path(given))
    try:
        variables = orjson.loads(written)
    except orjson.JSONDecodeError as error:
        raise CaselinkError(f"--variables: is no JSON ({error}); write an object, or name a file") from None
    if not isinstance(variables, dict):
        raise CaselinkError('--variables: is no JSON object; write one like {"number": "NY03-0001"}')
    return variables


def _line(option: str, text: str) -> str:
    stated = text.strip()
    if not (1 <= len(stated) <= _LONGEST and stated.isprintable()):
        raise CaselinkError(
            f"{option}: is blank, too long or not printable; write 1 to {_LONGEST} characters"
        )
    return stated


def _text(file: Path) -> str:
    """What a file says; `-` is standard input."""
    try:
        return sys.stdin.read() if file == _STDIN else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise Unreadable(f"{file}: cannot be read ({why}); name a file that is there") from None
