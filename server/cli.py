"""The command line: `caselink --home DIR COMMAND`. Results go to stdout, everything else to stderr.

Exit codes: 0 done; 1 a scenario or a release differs; 2 it could not be done; 3 part of it was: some lines were
rejected, some of an answer is missing; 4 a question that was not answered with yes; 5 an audit log is not as it was
written; 70 a fault of caselink itself; 130 stopped. Never a traceback: each failure is a sentence that says what, where
and how to mend it.
"""

import os
import sys
import traceback
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

from graph.errors import CaselinkError
from graph.printable import printable
from server.commands.session import Session
from server.on_demand import OnDemand

_FAULT: Final = 70

_COMMANDS: Final = {
    "audit": "Whether the audit logs are whole, and who was given a record.",
    "backup": "Copy a home, while it runs, to a folder.",
    "check": "Run scenario files: what may be seen, and why not.",
    "clock": "The latest day that this home has seen, and setting it back.",
    "demo": "Make, load, publish and serve a home with made-up holdings.",
    "drop": "Take everything of a home out of its stores, for good.",
    "explain": "Tell why a record, a link or a property is withheld or released.",
    "export": "Write a release to a file, with the holdings' ids.",
    "findings": "Tell what is likely coded wrong, record by record.",
    "init": "Make a home: policy, a sample agreement, keys.",
    "keys": "The keys of ids, versions, cursors and tokens.",
    "load": "Load holdings from files.",
    "policy": "What the policy says, as a person reads it.",
    "publish": "Publish the releases of all agreements, or of one.",
    "query": "Ask an operation from a file of a partner app.",
    "rejects": "Lines that could not be stored.",
    "report": "Tell how much is withheld, why, and what to review first.",
    "restore": "Make a home from a backup, and hold it.",
    "schema": "Print the SDL of the partner app, or of the office app.",
    "serve": "Serve partners and the office until Ctrl-C.",
    "simulate": "Tell what lines, or another policy, would change.",
    "status": "Tell what is held, what is published, and what is open.",
    "token": "Print a bearer token.",
    "verify": "Judge everything anew, and compare what is published.",
    "withdraw": "Take a record or a link from every partner at once.",
}


@click.group(cls=OnDemand, package="server.commands", told=_COMMANDS)
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="CASELINK_HOME",
    default=Path("caselink-home"),
    show_default=True,
    help="The folder of policy, agreements, keys and stores.",
)
@click.version_option(package_name="caselink")
@click.pass_context
def caselink(context: click.Context, home: Path) -> None:
    """Share an agency's linked cases with partners, each only what its agreement releases."""
    chosen = context.get_parameter_source("home") is not ParameterSource.DEFAULT
    context.obj = Session(home, chosen, dict(os.environ))


def main() -> None:
    """Run the command line and exit. What it writes is for its owner alone."""
    os.umask(0o077)
    try:
        # Outside its own mode click hands back the code that a command exits with.
        sys.exit(caselink.main(prog_name="caselink", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped; what was acknowledged is kept, and the command can be run again.", err=True)
        sys.exit(130)
    except CaselinkError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        place = error.filename or "standard output or a file"
        _complain(f"{place}: {error.strerror or error}; check the disk and rights")
        sys.exit(2)
    except Exception as error:
        _complain(_fault(error))
        sys.exit(_FAULT)


def _complain(text: str) -> None:
    """On stderr, whoever wrote the names in it: none moves a cursor."""
    for line in f"caselink: {text}".split("\n"):
        click.echo(printable(line), err=True)


def _fault(error: Exception) -> str:
    """One line that whoever mends caselink can use."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{'/'.join(Path(last.filename).parts[-2:])}:{last.lineno}"
    text = " ".join(str(error).split())
    return (
        f"this is a fault in caselink, not yours: {type(error).__name__}: {text} ({place})."
        " What was acknowledged is kept."
    )


if __name__ == "__main__":
    main()
