"""`caselink schema`: the SDL that an app serves."""

import click

from schema.partner import partner_sdl


@click.command()
@click.argument("app", type=click.Choice(["partner"]))
def schema(app: str) -> None:
    """Print the SDL of the partner app."""
    click.echo(partner_sdl().rstrip())
