"""`caselink token`: a bearer token, signed, with an end."""

from datetime import UTC, datetime
from typing import Final

import click

from graph.errors import CaselinkError, NotOnFile
from graph.model import AgreementId
from server.auth import ROLES, Tokens
from server.commands.session import JSON_OPTION, Session, print_json

_MOST_HOURS: Final = 24 * 366


@click.command()
@click.option("--agreement", metavar="ID", help="For a partner's user: under which agreement.")
@click.option("--office", help="For the office's own user: which office.")
@click.option("--role", type=click.Choice(ROLES), help="For the office's own user: in which role.")
@click.option("--user", required=True, metavar="NAME", help="Who it is for; stands in the token.")
@click.option("--hours", type=float, default=8.0, show_default=True, help="How long it is good for.")
@JSON_OPTION
@click.pass_obj
def token(
    session: Session,
    agreement: str | None,
    office: str | None,
    role: str | None,
    user: str,
    hours: float,
    as_json: bool,
) -> None:
    """Print a bearer token for a partner's user, or for one of the office."""
    _check(hours, {"--user": user, "--office": office})
    home = session.home()
    tokens, now = Tokens(home.key("token")), datetime.now(UTC)
    if agreement is not None and office is None and role is None:
        if agreement not in home.rules().agreements:
            raise NotOnFile(f"--agreement {agreement}: no such agreement on file")
        made = tokens.partner(AgreementId(agreement), user, hours, now)
    elif agreement is None and office is not None and role is not None:
        made = tokens.office(office, role, user, hours, now)
    else:
        raise CaselinkError(
            "Name either --agreement, for a partner's user, or --office and --role, for the office's"
        )
    if as_json:
        print_json({"token": made})
    else:
        click.echo(made)


def _check(hours: float, names: dict[str, str | None]) -> None:
    if not 0 < hours <= _MOST_HOURS:
        raise CaselinkError(f"--hours {hours:g}: name more than 0 and at most {_MOST_HOURS} (366 days)")
    for option, name in names.items():
        if name is not None and not name.strip():
            raise CaselinkError(f"{option}: is blank; name who the token is for")
