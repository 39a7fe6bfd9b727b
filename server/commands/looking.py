"""`caselink publish --dry-run`: what a publication would change, element by element, and what would be asked."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

import click

from graph.difference import Difference
from graph.draft import Moment, Rules
from graph.model import AgreementId
from graph.overlay import Overlay
from graph.planning import Publication
from graph.publish import Publisher
from graph.questions import Asking, Question, questions
from graph.simulate import Simulation
from server.commands.difference_text import element_lines
from server.commands.printing import publication_json, publication_line
from server.commands.session import print_json


@dataclass(frozen=True, slots=True)
class Seen:
    """One agreement's publication as it would be. asks: what a person would be asked about."""

    publication: Publication
    difference: Difference
    asks: tuple[Question, ...]


def look(
    publishing: Publisher, rules: Rules, moment: Moment, adding: Collection[AgreementId], asking: Asking
) -> list[Seen]:
    """The publication of every agreement, unwritten. adding: those that may gain something."""
    publications = [plan.publication for plan in publishing.plan(rules, moment, adding)]
    then = Overlay(publishing.holdings)
    simulation = Simulation(then, publishing.releases, publishing.keys, rules, rules, moment)
    ids = [publication.agreement for publication in publications]
    differences = simulation.differences(ids, held_back=[id for id in ids if id not in adding])
    published = publishing.releases.headers()
    return [Seen(one, differences[one.agreement], questions(one, published, asking)) for one in publications]


def print_seen(seen: Sequence[Seen], as_json: bool) -> None:
    """Tell all of it."""
    if as_json:
        print_json({"dry_run": True, "releases": list(map(_json, seen))})
        return
    for one in seen:
        click.echo(publication_line(one.publication))
        for line in element_lines(one.difference):
            click.echo(line)
        if one.asks:
            click.echo(f"  would be asked about: {', '.join(one.asks)}")


def _json(seen: Seen) -> dict[str, object]:
    told = publication_json(seen.publication)
    return told | {"asks": seen.asks, "difference": asdict(seen.difference)}
