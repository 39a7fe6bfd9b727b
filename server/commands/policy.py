"""`caselink policy`: the policy on file, as a person reads it."""

import click

from server.commands.columns import width_of_output
from server.commands.policy_json import policy_json
from server.commands.policy_text import policy_lines
from server.commands.session import JSON_OPTION, Session, print_json


@click.group()
def policy() -> None:
    """What the policy says."""


@policy.command("show")
@JSON_OPTION
@click.pass_obj
def show(session: Session, as_json: bool) -> None:
    """Show categories, codes, systems, and what each link carries, marks, supports and needs."""
    known = session.home().rules().policy
    if as_json:
        print_json(policy_json(known))
        return
    for line in policy_lines(known, width_of_output()):
        click.echo(line)
