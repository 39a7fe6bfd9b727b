"""`caselink token`: a bearer token, signed, with an end; and taking tokens back before it."""

import time
from datetime import UTC, datetime
from typing import Any, Final

import click
import jwt

from graph.errors import CaselinkError, NotOnFile
from graph.model import AgreementId
from graph.officer import is_plain
from graph.readers import await_readers
from graph.revocations import Revocations
from graph.take_back import take_back
from server.auth import ROLES, Tokens
from server.commands.session import JSON_OPTION, Session, note, print_json, publisher, record, say
from server.home import Home
from server.token_keys import TokenKey, token_key

_RECORDED: Final = ("jti", "sub", "agreement", "office", "role", "exp")
_MOST_HOURS: Final = 24 * 366
_MOST_CHARACTERS: Final = 200


@click.group(invoke_without_command=True)
@click.option("--agreement", metavar="ID", help="For a partner's user: under which agreement.")
@click.option("--office", help="For the office's own user: which office.")
@click.option(
    "--role",
    "roles",
    type=click.Choice(ROLES),
    multiple=True,
    help="For the office's own user: in which role. Can be given several times.",
)
@click.option("--user", metavar="NAME", help="Who it is for; stands in the token.")
@click.option("--hours", type=float, default=8.0, show_default=True, help="How long it is good for.")
@JSON_OPTION
@click.pass_context
def token(
    context: click.Context,
    agreement: str | None,
    office: str | None,
    roles: tuple[str, ...],
    user: str | None,
    hours: float,
    as_json: bool,
) -> None:
    """Print a bearer token for a partner's user, or for one of the office. That it was made stands in the audit log."""
    if context.invoked_subcommand is not None:
        return
    if user is None:
        raise CaselinkError("--user: is missing; name who the token is for")
    _check(hours, {"--user": user, "--office": office})
    session: Session = context.obj
    home = session.home()
    if agreement is not None and office is None and not roles:
        made = _for_partner(home, agreement, user, hours)
    elif agreement is None and office is not None and roles:
        _check_plain(user)
        made = Tokens(_signing(home)).office(
            office, " ".join(dict.fromkeys(roles)), user, hours, datetime.now(UTC)
        )
    else:
        raise CaselinkError(
            "Name either --agreement, for a partner's user, or --office and --role, for the office's"
        )
    claims = _claims(made)
    record(home, "token made", **{name: claims[name] for name in _RECORDED if name in claims})
    if as_json:
        print_json({"token": made, "token_id": claims["jti"]})
    else:
        click.echo(made)


def _for_partner(home: Home, agreement: str, user: str, hours: float) -> str:
    tokens = Tokens(_signing(home))
    if agreement not in home.rules().agreements:
        raise _not_on_file(agreement)
    return tokens.partner(AgreementId(agreement), user, hours, datetime.now(UTC))


@token.command()
@click.argument("token", required=False)
@click.option("--agreement", metavar="ID", help="All tokens of this agreement that were issued until now.")
@click.option("--reason", required=True, help="Why; kept in the audit log.")
@JSON_OPTION
@click.pass_obj
def revoke(session: Session, token: str | None, agreement: str | None, reason: str, as_json: bool) -> None:
    """Take back TOKEN (the token, or its id), or all tokens of an agreement; no partner process takes them any more."""
    if (token is None) == (agreement is None):
        raise CaselinkError("Name either TOKEN or --agreement")
    if not reason.strip():
        raise CaselinkError("--reason: say why; it is kept in the audit log")
    home, now = session.home(), int(datetime.now(UTC).timestamp())
    told: dict[str, Any] = {"token": None if token is None else _id(token), "agreement": agreement}
    with publisher(home, note, first=True) as publishing:
        known = {*publishing.releases.headers(), *home.rules().agreements}
        if agreement is not None and agreement not in known:
            raise _not_on_file(agreement)
        record(home, "token revoked", reason=reason, **{name: value for name, value in told.items() if value})
        tokens = frozenset() if told["token"] is None else frozenset({told["token"]})
        agreements = {} if agreement is None else {AgreementId(agreement): now}
        take_back(Revocations(tokens, agreements), publishing.holdings, publishing.releases)
        await_readers(publishing.releases, time.monotonic, time.sleep)
    if as_json:
        print_json(told)
    elif agreement is None:
        say(f"The token {told['token']} is taken back. {reason}")
    else:
        say(f"The tokens of {agreement} until now are taken back. {reason}")


def _not_on_file(agreement: str) -> NotOnFile:
    return NotOnFile(f"--agreement {agreement}: no such agreement on file")


def _signing(home: Home) -> TokenKey:
    key = token_key(home)
    if key.signing is None:
        raise CaselinkError(f"{home.key_file('token')}: is not here; make tokens in the office's home")
    return key


def _id(token: str) -> str:
    """The id of a token. Raises CaselinkError."""
    id = token.strip()
    if id.count(".") == 2:
        id = str(_claims(id).get("jti", ""))
    if not 0 < len(id) <= _MOST_CHARACTERS or not id.isprintable():
        raise CaselinkError("TOKEN: is no token, and no id of one; the audit log has the ids")
    return id


def _claims(token: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return {}
    return claims


def _check_plain(user: str) -> None:
    if not is_plain(user):
        raise CaselinkError(
            f"--user {user!a}: could be taken for another name; write it with single spaces, composed Latin"
            " letters (NFKC), and otherwise in ASCII"
        )


def _check(hours: float, names: dict[str, str | None]) -> None:
    if not 0 < hours <= _MOST_HOURS:
        raise CaselinkError(f"--hours {hours:g}: name more than 0 and at most {_MOST_HOURS} (366 days)")
    for option, name in names.items():
        if name is not None and not name.strip():
            raise CaselinkError(f"{option}: is blank; name who the token is for")
