"""`caselink keys`: new keys in place of those that may have been seen."""

import click

from server import rotation
from server.commands.session import JSON_OPTION, Session, note, print_json, record
from server.metrics import metrics_token


@click.group()
def keys() -> None:
    """The home's keys."""


@keys.command("metrics")
@click.pass_obj
def metrics(session: Session) -> None:
    """Print the bearer token by which /metrics of the office app is read."""
    click.echo(metrics_token(session.home().key("naming")))


@keys.command("rotate")
@click.option("--token", is_flag=True, help="The key of tokens too: every token of the agency is void.")
@JSON_OPTION
@click.pass_obj
def rotate(session: Session, token: bool, as_json: bool) -> None:
    """Make new keys for ids, versions and cursors. What is released stays; partners have to read it anew."""
    home = session.home()
    names = [*rotation.ROTATED, *(["token"] if token else [])]
    with home.alone("caselink keys rotate", note):
        record(home, "rotating keys", keys=names)
        rotation.begin(home, names)
        dropped = rotation.finish(home)
        record(home, "keys rotated", keys=names, dropped=dropped)
    if as_json:
        print_json({"keys": names, "dropped": dropped})
        return
    click.echo(f"New keys: {', '.join(names)}. Ids and versions are others now, and old cursors void.")
    note("Partner processes with a home of their own: copy the keys there and start them anew.")
    for agreement in dropped:
        note(f"{agreement}: something of its release is no longer held; publish it again")
