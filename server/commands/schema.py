"""`caselink schema`: the SDL that an app serves."""

import click

from schema.office.office import office_sdl
from schema.partner import partner_sdl


@click.command()
@click.argument("app", type=click.Choice(["partner", "office"]))
def schema(app: str) -> None:
    """Print the SDL of the partner app, or of the office app."""
    click.echo((partner_sdl() if app == "partner" else office_sdl()).rstrip())
