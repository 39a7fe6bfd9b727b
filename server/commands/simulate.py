"""`caselink simulate`: what lines, or another policy, would add, change and withdraw. Nothing is written."""

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from graph.agreement import read_agreements
from graph.draft import Rules
from graph.errors import CaselinkError, NotOnFile, Unreadable
from graph.many import many
from graph.model import AgreementId
from graph.overlay import Overlay
from graph.policy_file import read_policy
from graph.printable import printable
from graph.simulate import Simulation
from loaders.drawn import Rejected, told
from loaders.lines import LinesFormat
from loaders.load import Loading
from server.commands.difference_text import difference_lines
from server.commands.session import JSON_OPTION, Session, clock, note, onlooker, print_json
from server.home import Home


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--agreement", metavar="ID", help="For this agreement.")
@click.option("--all", "every", is_flag=True, help="For all agreements, as without --agreement.")
@click.option(
    "--policy", "policy_file", type=click.Path(path_type=Path), help="Judge by this policy instead."
)
@JSON_OPTION
@click.pass_obj
def simulate(
    session: Session,
    paths: tuple[Path, ...],
    agreement: str | None,
    every: bool,
    policy_file: Path | None,
    as_json: bool,
) -> None:
    """Tell what these JSON Lines, or another policy, would add, change and withdraw once loaded and published."""
    if every and agreement is not None:
        raise click.UsageError("--agreement and --all: choose one.")
    if not paths and policy_file is None:
        raise CaselinkError("Name a file of JSON Lines, or a policy with --policy, that is to be tried")
    home = session.home()
    with onlooker(home) as publishing:
        rules = home.rules()
        then = Overlay(publishing.holdings)
        rules_then = rules if policy_file is None else _under(policy_file, home)
        for path in paths:
            _load(path, then, rules_then)
        moment = clock(home).moment(publishing.holdings)
        simulation = Simulation(then, publishing.releases, publishing.keys, rules, rules_then, moment)
        differences = simulation.differences(_wanted(rules, agreement))
    if as_json:
        print_json({id: asdict(difference) for id, difference in differences.items()})
    else:
        for id, difference in differences.items():
            for line in difference_lines(id, difference):
                click.echo(line)


def _wanted(rules: Rules, agreement: str | None) -> list[AgreementId]:
    if agreement is None:
        return sorted(rules.agreements)
    if agreement not in rules.agreements:
        raise NotOnFile(f"--agreement {agreement}: no such agreement on file")
    return [AgreementId(agreement)]


def _under(policy_file: Path, home: Home) -> Rules:
    """The home's agreements under another policy, which they have to fit."""
    try:
        policy = read_policy(policy_file.read_text(encoding="utf-8"), told(policy_file))
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(
            f"{told(policy_file)}: cannot be read ({error}); check the path and its rights"
        ) from error
    return Rules(policy, read_agreements(home.agreement_texts(), policy))


def _load(path: Path, then: Overlay, rules: Rules) -> None:
    known = told(Path(os.path.realpath(path)))
    loaded = Loading(known, LinesFormat(path), then, rules.policy.patterns, _Noted(), lambda _: None).run()
    if loaded.rejected:
        note(f"{told(path)}: {many(loaded.rejected, 'line')} would be rejected, and then nothing is added.")


class _Noted:
    """Rejects that are told and kept nowhere."""

    def write(self, rejected: Sequence[Rejected]) -> None:
        """Tell them."""
        for one in rejected:
            note(printable(f"{one.place.file} line {one.place.line} at {one.path}: {one.sentence}"))
