"""Publishing what time alone has changed: agreements, consents and clearances start and end without any event.

Every release loses what it must. One whose day has come gains what it may gain without a question: nothing while a file
is open, after a change of the rules, or where a person would be asked. Others gain nothing: no day of theirs has come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.draft import Moment
from graph.model import AgreementId
from graph.planning import Planned, Publication
from graph.release import Header
from server.commands.adding import may_add
from server.commands.asking import Doubt, doubts
from server.commands.printing import publication_json
from server.commands.session import clock, note, publisher, record, recorder
from server.condition import timed
from server.home import Home
from server.stores import open_releases
from server.withdrawals import drop_unknown, say_undone


@dataclass(frozen=True, slots=True)
class Due:
    """What was published because its day had come, and what waits for a person's answer."""

    publications: Sequence[Publication] = ()
    dropped: Sequence[AgreementId] = ()
    waiting: Sequence[Doubt] = ()


def publish_due(home: Home) -> Due:
    """Publish what is due by the home's clock; nothing where nothing is."""
    if not _due(_headers(home), clock(home).today().toordinal()):
        return Due()
    with publisher(home, note) as publishing, timed(publishing.holdings, "publish"):
        say_undone(publishing, note)
        rules = home.rules()
        moment = clock(home).moment(publishing.holdings)
        headers = publishing.releases.headers()
        adding = _due(headers, moment.day) & may_add(publishing.holdings, rules)
        planned = publishing.plan(rules, moment, adding)
        waiting = [doubt for doubt in doubts(planned, headers, home.settings.asking) if _of(doubt) in adding]
        held = {*map(_of, waiting), *(_id(plan) for plan in planned if plan.publication.rules_changed)}
        if adding & held:
            planned = publishing.plan(rules, moment, adding - held)
        clock(home).keep(moment, publishing.holdings)
        dropped = drop_unknown(publishing, rules, recorder(home))
        _record(home, moment, planned)
        return Due(publishing.write(planned), dropped, waiting)


def _headers(home: Home) -> Mapping[AgreementId, Header]:
    releases = open_releases(home)
    try:
        return releases.headers()
    finally:
        releases.close()


def _due(headers: Mapping[AgreementId, Header], day: int) -> frozenset[AgreementId]:
    """The releases that must not be served any more, until they are published again."""
    return frozenset(
        id for id, header in headers.items() if header.serves_until is not None and header.serves_until <= day
    )


def _of(doubt: Doubt) -> AgreementId:
    return doubt.publication.agreement


def _id(plan: Planned) -> AgreementId:
    return plan.publication.agreement


def _record(home: Home, moment: Moment, planned: Sequence[Planned]) -> None:
    told = [publication_json(plan.publication) for plan in planned]
    day = date.fromordinal(moment.day).isoformat()
    record(home, "publishing", day=day, due=True, releases=told)
