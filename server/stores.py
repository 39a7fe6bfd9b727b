"""Which store a home's settings name, and opening it. The one place where a concrete store is chosen.

A store is imported when it is opened: a home in files never waits for the driver of a server.
"""

from typing import TYPE_CHECKING

from graph.keys import ReleaseKeys, marking
from graph.release_store import ReleaseReader, Releases
from graph.store import StoredHoldings
from server.home import Home
from server.owner import refuse_earlier, refuse_others, refuse_others_releases
from server.settings import Server

if TYPE_CHECKING:
    from graph.stores.bolt_holdings import BoltHoldings
    from graph.stores.bolt_releases import BoltReleases


def open_holdings(home: Home) -> StoredHoldings:
    """The home's holdings. Raises StoreRefused where a server has another home's under its id."""
    server = home.settings.holdings
    if server is None:
        from graph.stores import sqlite_holdings

        return sqlite_holdings.open_holdings(home.holdings_file)
    return holdings_on(home, server)


def holdings_on(home: Home, server: Server, *, dropping: bool = False) -> "BoltHoldings":
    """The home's holdings on a Neo4j. dropping: also those that are being dropped, to go on with it."""
    from graph.stores import bolt_holdings

    holdings = bolt_holdings.open_holdings(server.url, server.user, server.password, home.settings.home_id)
    try:
        refuse_earlier(home, holdings.earlier_owner(), "holdings")
        refuse_others(home, holdings, dropping=dropping)
    except BaseException:
        holdings.close()
        raise
    return holdings


def open_releases(home: Home, keys: ReleaseKeys | None = None) -> Releases:
    """The home's releases, to be written. Raises StoreRefused where a server has another home's under its id.

    keys: by which their histories are marked, if not by the home's.
    """
    server = home.settings.releases
    if server is None:
        from graph.stores import sqlite_releases

        return sqlite_releases.open_releases(home.releases_file, marking(keys or home.release_keys()))
    return releases_on(home, server, keys)


def releases_on(
    home: Home, server: Server, keys: ReleaseKeys | None = None, *, dropping: bool = False
) -> "BoltReleases":
    """The home's releases on a Neo4j. dropping: also those that are being dropped, to go on with it."""
    from graph.stores import bolt_releases

    mark = marking(keys or home.release_keys())
    releases = bolt_releases.open_releases(
        server.url, server.user, server.password, mark, home.settings.home_id
    )
    try:
        refuse_earlier(home, releases.earlier_owner(), "releases")
        refuse_others_releases(home, releases, dropping=dropping)
    except BaseException:
        releases.close()
        raise
    return releases


def open_reader(home: Home) -> ReleaseReader:
    """The home's releases as a partner process opens them: to be read, with no way to the holdings."""
    server = home.settings.releases
    if server is None:
        from graph.stores import sqlite_releases

        return sqlite_releases.open_reader(home.releases_file)
    from graph.stores import bolt_reader

    return bolt_reader.open_reader(server.url, server.user, server.password, home.settings.home_id)
