"""`caselink init`: a new home."""

import click

from graph.errors import HomeError
from server.commands.session import JSON_OPTION, Session, print_json
from server.home import make_home
from server.token_keys import write_public_key


@click.command()
@click.option(
    "--neo4j", metavar="URL", help="The Neo4j server of the holdings; left out: a SQLite file in the home."
)
@click.option(
    "--test", is_flag=True, help="A home whose clock (--as-of) and keys (--seed) can be set. No real data."
)
@click.option("--seed", help="Make the keys from this text; only with --test.")
@JSON_OPTION
@click.pass_obj
def init(session: Session, neo4j: str | None, test: bool, seed: str | None, as_json: bool) -> None:
    """Make a home: default policy, one sample agreement, keys readable by their owner only."""
    if seed is not None and not test:
        raise HomeError("--seed: only with --test; keys that can be guessed protect nothing")
    make_home(session.folder, neo4j=neo4j, test=test, seed=seed)
    write_public_key(session.folder)
    if as_json:
        print_json({"home": str(session.folder)})
    else:
        click.echo(
            f"Made {session.folder}. Its policy.toml and agreements/*.toml say what is shared; read them first."
        )
