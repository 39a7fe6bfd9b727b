"""A group of commands, each of which is imported when it is asked for: a command waits for what it needs alone.

The schema, the stores and the numbers behind them take most of a second to import, and a script calls many commands.
"""

from collections.abc import Mapping
from importlib import import_module

import click

from server.text_arguments import take_text


class OnDemand(click.Group):
    """Each command is the function of that name in the module of that name, in one package.

    told: by command, its line in the list, so that the list itself imports none of them.
    """

    def __init__(self, *, package: str, told: Mapping[str, str], **settings: object) -> None:
        super().__init__(**settings)  # type: ignore[arg-type]  # as click hands them on
        self.package = package
        self.told = told

    def list_commands(self, _context: click.Context) -> list[str]:
        """The names, in the order of the alphabet."""
        return sorted(self.told)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command, imported now; None for a name that is none."""
        if name not in self.told:
            return None
        command: click.Command = getattr(import_module(f"{self.package}.{name}"), name)
        return take_text(command)

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in the help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.told[name]) for name in sorted(self.told)])
