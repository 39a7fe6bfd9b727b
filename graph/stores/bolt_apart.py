"""Holdings and releases never share a server, and who reads releases can read no holdings (DESIGN 4, release graph).

Neo4j Community has one database, and every user of it reads all of it; so both sides look before they begin, in every
database that their user may enter, and refuse to start where they find the other.
"""

from graph.errors import StoreRefused
from graph.stores.bolt import Bolt
from graph.stores.statements import Statement, statement

_DATABASES = statement("databases")
_HOLDINGS = statement("holdings_readable")
_RELEASES = statement("releases_readable")


def refuse_holdings(bolt: Bolt) -> None:
    """Raises StoreRefused where this user can read holdings on this server."""
    if database := _readable(bolt, _HOLDINGS):
        raise StoreRefused(
            f"{bolt.address}: holdings can be read there (database {database}), and releases are never kept or served"
            " from where holdings can be read; name another server or user under [releases] in caselink.toml"
        )


def refuse_releases(bolt: Bolt) -> None:
    """Raises StoreRefused where there are releases on this server: their readers would read the holdings too."""
    if database := _readable(bolt, _RELEASES):
        raise StoreRefused(
            f"{bolt.address}: releases are kept there (database {database}), and who reads them would read the"
            " holdings too; name another server under [holdings] in caselink.toml"
        )


def _readable(bolt: Bolt, asking: Statement) -> str | None:
    for (database,) in bolt.ask(_DATABASES):
        [(readable,)] = bolt.ask(asking, database=database)
        if readable:
            return str(database)
    return None
