"""The office process of a home: where settings, keys, stores and logs meet the office app.

The partner process imports none of it (server/partner/process.py).
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from starlette.applications import Starlette
from starlette.routing import Route

from graph.draft import Moment
from graph.errors import CaselinkError
from graph.publish import Publisher
from graph.review.standing_against import standing_against
from schema.execute import Answering as PartnerAnswering
from schema.limits import Limits
from schema.office.answering import Answering
from server import answer_counts
from server.answer_counts import CountsTaker
from server.audit.heads import HeadKey
from server.audit.log import Trail, open_log
from server.audit.settings import HEADS, READS, read_audit_settings
from server.audit.unknown_users import UnknownUsers
from server.clock import Clock
from server.condition import condition
from server.home import Home
from server.limits_on_file import read_limits
from server.metrics import PATH as METRICS
from server.metrics import Metrics, metrics_token
from server.office.app import create_office_app
from server.office.archive import OfficeArchive
from server.office.asking import OfficeAsking
from server.office.desk_work import desk_of
from server.office.endpoint import OfficeEndpoint
from server.office.issuers import OfficeIssuer, WhoOfficer, read_office_issuers
from server.office.logs import OfficeLogs
from server.office.previews import Previews
from server.office.replies import OfficeReplies, PreviewReplies
from server.office.review_work import ReviewWork, review_of
from server.office.rules_on_file import RulesOnFile
from server.office.surveying import Surveying
from server.office.tokens import OfficeTokens
from server.pages import office_page_routes
from server.stores import open_holdings, open_releases
from server.token_keys import token_key

PREVIEW: Final = "/preview/{agreement}/graphql"

logger = logging.getLogger(__name__)


def office_app(home: Home) -> Starlette:
    """The office app over the home's stores."""
    audit = read_audit_settings(home)
    heads = open_log(home.folder / HEADS, audit.sync, audit.file_bytes)
    cursor = home.key("cursor")
    taker = CountsTaker(HeadKey(cursor, answer_counts.SIGNED))
    publishing = Publisher(open_holdings(home), open_releases(home), home.release_keys())
    limits = read_limits(home)
    reads = open_log(home.folder / READS, audit.sync, audit.file_bytes)
    office = _office(home, publishing, limits, reads)
    metrics = Metrics(
        lambda: condition(
            publishing, Clock(home.settings, datetime.now(UTC)).today().toordinal(), home.idle_writer()
        ),
        taker.answers,
        metrics_token(home.key("naming")),
    )
    return create_office_app(
        publishing.holdings.counts,
        heads,
        HeadKey(cursor),
        *office.routes(),
        Route(answer_counts.PATH, taker.post, methods=["POST"]),
        Route(METRICS, metrics.get, methods=["GET"]),
        *office_page_routes(),
        chores=[office.unknown.write, *(issuer.keys.refresh for issuer in office.issuers)],
        warming=office.warm,
        closing=[partial(office.unknown.write, all_of_them=True), reads.close],
    )


@dataclass(frozen=True, slots=True)
class _Office:
    """What officers are answered by: the office's own schema, and a partner's as they look through it."""

    surveying: Surveying
    issuers: Sequence[OfficeIssuer]
    unknown: UnknownUsers
    reviews: ReviewWork
    own: OfficeEndpoint
    preview: OfficeEndpoint

    def routes(self) -> list[Route]:
        """Where it answers."""
        return [
            Route("/graphql", self.own.post, methods=["POST"]),
            Route(PREVIEW, self.preview.post, methods=["POST"]),
        ]

    def warm(self) -> None:
        """Read everything, so that the first who asks does not wait for it; where that fails he is told."""
        try:
            self.surveying.warm()
            self.reviews.warm(self.surveying.current())
        except CaselinkError as error:
            logger.error("the holdings were not read beforehand: %s", error)


def _office(home: Home, publishing: Publisher, limits: Limits, reads: Trail) -> _Office:
    """publishing: whose stores are read, and nothing written."""
    holdings, cursor = publishing.holdings, home.key("cursor")
    rules = RulesOnFile(home)

    def moment() -> Moment:
        return Clock(home.settings, datetime.now(UTC)).moment(holdings)

    surveying = Surveying(holdings, rules, lambda: moment().day)
    issuers = read_office_issuers(home)
    own = OfficeTokens(token_key(home), lambda: publishing.releases.revocations().tokens)
    who = WhoOfficer(own, issuers)
    archive = OfficeArchive(publishing, OfficeLogs(home), rules, moment)
    desk = desk_of(home, publishing, rules, lambda *asked: standing_against(surveying.current(), *asked))
    reviews = review_of(home, holdings, desk)
    asking = OfficeAsking(surveying, archive, cursor, limits, desk, reviews)
    previews = Previews(publishing.releases, archive, home.key("version"))
    looking = PreviewReplies(
        surveying.current, archive, previews, PartnerAnswering(cursor, limits), limits.answer_bytes
    )
    unknown = UnknownUsers(reads)
    replies = OfficeReplies(asking, Answering(limits).answer, limits.answer_bytes)
    return _Office(
        surveying,
        issuers,
        unknown,
        reviews,
        OfficeEndpoint(who, replies, reads, unknown, limits.bytes),
        OfficeEndpoint(who, looking, reads, unknown, limits.bytes),
    )
