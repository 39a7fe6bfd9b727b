"""`caselink status`: stores, counts, versions, who reads and writes, and what is open."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import click

from graph.days import nearest_date
from graph.many import many
from graph.publish import Publisher
from server.clock import Clock
from server.commands.adding import waiting, why_open
from server.commands.session import JSON_OPTION, Session, clock, onlooker, print_json, say
from server.condition import Condition, ReleaseState, condition
from server.dropped import DropMark, Dropped
from server.home import Home
from server.home_lock import holder


@click.command()
@JSON_OPTION
@click.pass_obj
def status(session: Session, as_json: bool) -> None:
    """Tell what is held, what is published, who reads and writes, and what is open."""
    dropped = DropMark(session.any_home().folder).read()
    if dropped is not None:
        _tell_dropped(session, dropped, as_json)
        return
    home = session.home()
    at_work = holder(home.folder)
    with onlooker(home) as publishing:
        now = condition(publishing, clock(home).today().toordinal(), home.idle_writer())
        releases = [_counted(publishing, release) for release in now.releases]
    published = {release.agreement for release in now.releases}
    unpublished = sorted(set(home.rules().agreements) - published)
    if as_json:
        print_json(_json(home, now, releases, unpublished) | {"writing": at_work})
        return
    for line in (
        *_published(home, now, releases, unpublished),
        *_serving(now, at_work),
        *_wrong_days(now, clock(home)),
        *_open(now, at_work),
    ):
        say(line)


def _tell_dropped(session: Session, dropped: Dropped, as_json: bool) -> None:
    """Nothing is asked of its stores: there is nothing, or not all of it."""
    if as_json:
        print_json({"dropped": asdict(dropped)})
    else:
        say(dropped.sentence(session.folder))


def _counted(publishing: Publisher, release: ReleaseState) -> dict[str, Any]:
    """A release with its sizes, which are counted where nothing is kept of them."""
    told = asdict(release)
    if release.records is None:
        read = publishing.releases.read(release.agreement)
        if read is not None:
            told |= {"records": len(read.content.records), "links": len(read.content.links)}
    return told


def _json(
    home: Home, now: Condition, releases: list[dict[str, Any]], unpublished: Sequence[str]
) -> dict[str, object]:
    files = now.open_files.items()
    return {
        "holdings": {"store": _place(home, "holdings"), "held": now.held, "writer": now.writer},
        "releases": {"store": _place(home, "releases"), "published": releases, "unpublished": unpublished},
        "readers": [asdict(reader) for reader in now.readers],
        "seen": {zone: nearest_date(day).isoformat() for zone, day in sorted(now.seen.items())},
        "open": [{"path": path, "rejected": s.rejected, "finished": s.finished} for path, s in files],
        "restriction_due": now.restriction_due,
        "refused": now.refused,
        "restored": now.restored,
        "took": now.took,
        "dropped": None,
    }


def _published(
    home: Home, now: Condition, releases: list[dict[str, Any]], unpublished: Sequence[str]
) -> Iterator[str]:
    held = ", ".join(f"{kind} {count:,}" for kind, count in now.held.items()) or "nothing"
    yield f"holdings  {_place(home, 'holdings')}: {held}"
    yield f"releases  {_place(home, 'releases')}"
    for release in releases:
        wait = f"; waiting: {many(release['waiting'], 'element')}" if release["waiting"] else ""
        due = "; its day has come, and nobody is answered until it is published" if release["due"] else ""
        yield (
            f"  {release['agreement']} {release['version']}, published {release['published_at']}:"
            f" {many(release['records'], 'record')}, {many(release['links'], 'link')}{wait}{due}"
        )
    yield from (f"  {id}: not published" for id in unpublished)


def _serving(now: Condition, at_work: str | None) -> Iterator[str]:
    for reader in now.readers:
        behind = f"{reader.behind:,} changes behind" if reader.behind else "up to date"
        yield f"reader  {reader.name}: {behind}, lease of {reader.lease_seconds:g} seconds"
    if at_work is not None:
        yield f"writing  {at_work}"
    elif now.writer is not None:
        yield f"writing  a command of another home, or on another machine, as {now.writer}"


def _wrong_days(now: Condition, clock: Clock) -> Iterator[str]:
    for zone, day in clock.to_come(now.seen).items():
        yield (
            f"clock  a partner process has seen {day} in {zone}, which has not come: what ends by then is refused, and"
            f" all where the clock is more than a day behind; if that day was wrong, set its machine's clock right, and"
            f" run: caselink clock set-back {clock.today()} --reason TEXT"
        )


def _open(now: Condition, at_work: str | None) -> Iterator[str]:
    for path, source in now.open_files.items():
        yield f"open  {path}: {why_open(source)}; publishing adds nothing"
    if now.restored is not None:
        yield waiting(now.restored)
    if now.restriction_due and (at_work or now.writer):
        yield "what is being written is not withdrawn everywhere yet; the command that writes does that before it ends"
    elif now.restriction_due:
        yield "a load or an act was stopped before its withdrawals were done; load, publish or serve does them first"


def _place(home: Home, name: str) -> str:
    server = getattr(home.settings, name)
    file = home.holdings_file if name == "holdings" else home.releases_file
    return str(file) if server is None else server.url
