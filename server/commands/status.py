"""`caselink status`: stores, counts, versions, and what is open."""

import click

from graph.release import Content, Header, Release
from graph.sources import is_restriction_due, open_sources
from server.commands.session import JSON_OPTION, Session, onlooker, print_json
from server.home import Home


@click.command()
@JSON_OPTION
@click.pass_obj
def status(session: Session, as_json: bool) -> None:
    """Tell what is held, what is published, and what is open."""
    home = session.home()
    with onlooker(home) as publishing:
        counts = {kind.value: count for kind, count in sorted(publishing.holdings.counts().items())}
        headers = publishing.releases.headers()
        sizes = {id: publishing.releases.read(id) for id in headers}
        open_files = open_sources(publishing.holdings)
        due = is_restriction_due(publishing.holdings)
    releases = [_release(header, sizes[id]) for id, header in headers.items()]
    unpublished = sorted(set(home.rules().agreements) - set(headers))
    told = {
        "holdings": {"store": _place(home, "holdings"), "held": counts},
        "releases": {"store": _place(home, "releases"), "published": releases, "unpublished": unpublished},
        "open": [
            {"path": path, "rejected": s.rejected, "finished": s.finished} for path, s in open_files.items()
        ],
        "restriction_due": due,
    }
    if as_json:
        print_json(told)
        return
    held = ", ".join(f"{kind} {count:,}" for kind, count in counts.items()) or "nothing"
    click.echo(f"holdings  {_place(home, 'holdings')}: {held}")
    click.echo(f"releases  {_place(home, 'releases')}")
    for release in releases:
        click.echo(
            f"  {release['agreement']} {release['version']}, published {release['published_at']}:"
            f" {release['records']:,} records, {release['links']:,} links"
        )
    for id in unpublished:
        click.echo(f"  {id}: not published")
    for path, source in open_files.items():
        ending = "" if source.finished else "; its load did not come to its end"
        click.echo(f"open  {path}: {source.rejected:,} lines rejected{ending}; publishing adds nothing")
    if due:
        click.echo(
            "a load was stopped before its withdrawals were done; load, publish or serve does them first"
        )


def _release(header: Header, release: Release | None) -> dict[str, object]:
    content = Content() if release is None else release.content
    told: dict[str, object] = {"agreement": header.agreement, "version": header.version}
    told["published_at"] = header.published_at
    return told | {"records": len(content.records), "links": len(content.links)}


def _place(home: Home, name: str) -> str:
    server = getattr(home.settings, name)
    file = home.holdings_file if name == "holdings" else home.releases_file
    return str(file) if server is None else server.url
