"""The command line: `caselink --home DIR COMMAND`. Results go to stdout, everything else to stderr.

Exit codes: 0 done; 2 it could not be done; 3 some lines were rejected; 4 a question that was not answered with yes;
70 a fault of caselink itself; 130 stopped. Never a traceback: each failure is a sentence that says what, where and how
to mend it.
"""

import os
import sys
import traceback
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

from graph.errors import CaselinkError
from server.commands import (
    clock,
    demo,
    explain,
    export,
    init,
    load,
    publish,
    rejects,
    schema,
    serve,
    simulate,
    status,
    token,
)
from server.commands.session import Session

_FAULT: Final = 70


@click.group()
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


for command in (
    init.init,
    load.load,
    rejects.rejects,
    publish.publish,
    serve.serve,
    token.token,
    explain.explain,
    simulate.simulate,
    export.export,
    schema.schema,
    status.status,
    clock.clock,
    demo.demo,
):
    caselink.add_command(command)


def main() -> None:
    """Run the command line and exit. What it writes is for its owner alone."""
    os.umask(0o077)
    try:
        # Outside its own mode click hands back the code that a command exits with.
        sys.exit(caselink.main(standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Stopped; what was acknowledged is kept, and the command can be run again.", err=True)
        sys.exit(130)
    except CaselinkError as error:
        click.echo(f"caselink: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        place = error.filename or "standard output or a file"
        click.echo(f"caselink: {place}: {error.strerror or error}; check the disk and rights", err=True)
        sys.exit(2)
    except Exception as error:
        click.echo(f"caselink: {_fault(error)}", err=True)
        sys.exit(_FAULT)


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
