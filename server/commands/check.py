"""`caselink check`: runs scenario files against a policy; what differs is told, and the exit code is 1."""

from pathlib import Path
from typing import Final

import click

from graph.errors import Unreadable
from loaders.drawn import told
from server.commands.session import JSON_OPTION, Session, note, print_json
from server.home import default
from server.scenarios.checked import Checked, checked_json, lines_of, summary
from server.scenarios.checking import Checking, files_in, policy_tables, text_of
from server.scenarios.junit import junit_xml

DIFFER: Final = 1
_UNREAD: Final = Unreadable.exit_code


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--policy",
    "policy_file",
    type=click.Path(path_type=Path),
    help="The policy of scenarios that state none; left out: the home's, or without a home the default policy.",
)
@click.option("--junit", metavar="FILE", type=click.Path(path_type=Path), help="Write JUnit XML here too.")
@JSON_OPTION
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    policy_file: Path | None,
    junit: Path | None,
    as_json: bool,
) -> None:
    """Run scenario files, or all in these folders: a small graph, all that may be seen of it, and why no more."""
    checking = Checking(policy_tables(*_policy(context.obj, policy_file)))
    checked = list(checking.each(files_in(paths)))
    if junit is not None:
        _write(junit, junit_xml(checked))
    if as_json:
        print_json({"scenarios": [checked_json(one) for one in checked]})
    else:
        for line in (line for one in checked for line in lines_of(one)):
            click.echo(line)
        click.echo(summary(checked))
    context.exit(_exit_code(checked))


def _policy(session: Session, named: Path | None) -> tuple[str, str]:
    """The text of the policy, and what it is called."""
    of_home = session.folder / "policy.toml"
    file = named or (of_home if session.chosen or of_home.exists() else None)
    if file is None:
        return default("policy.toml"), "the default policy"
    note(f"Scenarios that state no policy are judged by {told(file)}.")
    return text_of(file), told(file)


def _write(file: Path, report: bytes) -> None:
    try:
        file.write_bytes(report)
    except OSError as error:
        raise Unreadable(
            f"--junit {told(file)}: cannot be written ({error.strerror}); name another file"
        ) from error


def _exit_code(checked: list[Checked]) -> int:
    if any(one.scenario is None for one in checked):
        return _UNREAD
    return 0 if all(one.holds for one in checked) else DIFFER
