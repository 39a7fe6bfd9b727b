"""How publications and progress read: lines for a person, the same numbers as JSON."""

import time
from typing import Final, TextIO

import click

from graph.many import many
from graph.planning import Publication
from loaders.drawn import Format
from loaders.load import Loaded

_EVERY_SECONDS: Final = 2.0
_BAR: Final = 30


def publication_json(publication: Publication) -> dict[str, object]:
    """One agreement's publication."""
    names = (
        *("agreement", "version", "records", "links", "added", "updated", "withdrawn"),
        *("links_added", "links_updated", "links_withdrawn", "held_back"),
    )
    told: dict[str, object] = {name: getattr(publication, name) for name in names}
    rules = {"policy": publication.rules.policy, "agreement": publication.rules.agreement}
    return told | {"withheld": dict(publication.withheld), "rules": rules}


def publication_line(publication: Publication) -> str:
    """One agreement's publication in a line or two."""
    line = (
        f"{publication.agreement} {publication.version}: {many(publication.records, 'record')} and"
        f" {many(publication.links, 'link')} released; {many(publication.added, 'record')} added,"
        f" {publication.updated:,} updated, {publication.withdrawn:,} withdrawn"
    )
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in publication.withheld.items())
    held_back = many(publication.held_back, "record")
    waiting = f"\n  waiting to be added or changed: {held_back}" if publication.held_back else ""
    return f"{line}{waiting}" + (f"\n  withheld by reason: {reasons}" if reasons else "")


class Progress:
    """The progress of a load: a bar on a terminal, now and then a plain line elsewhere."""

    def __init__(self, name: str, format: Format, stream: TextIO) -> None:
        self._name = name
        self._format = format
        self._size = format.size()
        self._stream = stream
        self._bar = stream.isatty()
        self._told = time.monotonic()

    def tell(self, loaded: Loaded) -> None:
        """Called after each batch."""
        if not self._bar and time.monotonic() - self._told < _EVERY_SECONDS:
            return
        self._told = time.monotonic()
        share = min(1.0, self._format.position() / self._size) if self._size else 0.0
        said = f"{self._name}: {loaded.read:,} lines, {share:.0%}"
        done = int(_BAR * share)
        text = f"\r{said} [{'#' * done}{'.' * (_BAR - done)}]" if self._bar else f"{said}\n"
        click.echo(text, file=self._stream, nl=False)

    def end(self) -> None:
        """Leave the bar's line."""
        if self._bar:
            click.echo("", file=self._stream)
