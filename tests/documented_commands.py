"""The commands that the docs have to tell of: every one that does something, and what it takes."""

import click

from server.cli import caselink


def leaves(group: click.Group, before: str = "caselink") -> dict[str, click.Command]:
    """Every command that does something, by its words."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command, words = group.get_command(context, name), f"{before} {name}"
        assert command is not None
        if isinstance(command, click.Group):
            found |= leaves(command, words)
        if not isinstance(command, click.Group) or command.invoke_without_command:
            found[words] = command
    return found


COMMANDS = leaves(caselink)


def names(command: click.Command) -> list[str]:
    """What a command takes: its options, and its arguments in capitals."""
    return sorted(
        p.opts[0] if isinstance(p, click.Option) else p.metavar or str(p.name).upper() for p in command.params
    )
