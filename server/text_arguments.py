"""What is typed as an argument is text: bytes that are no UTF-8 are refused before any command takes them.

Python hands such bytes on within a string that can be written nowhere, to no log and to no store. A path may have them:
a file is called what it is called.
"""

from typing import Any

import click


class Text(click.types.StringParamType):
    """A text, or a mistake of who typed it."""

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        """The text, as click hands it on."""
        text = super().convert(value, param, context)
        try:
            str(text).encode()
        except UnicodeEncodeError:
            self.fail("is no text in UTF-8; set the terminal to UTF-8 and type it again", param, context)
        return text


def take_text(command: click.Command) -> click.Command:
    """The command, and those within it, with each of its texts taken so."""
    for param in command.params:
        if type(param.type) is click.types.StringParamType:
            param.type = Text()
    for within in getattr(command, "commands", {}).values():
        take_text(within)
    return command
