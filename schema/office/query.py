"""The root of the office's queries: what each concept's module asks, put together. Add a concept's class."""

import strawberry

from schema.office.agreements import AgreementQuery
from schema.office.among import AmongQuery
from schema.office.disclosures import LogQuery
from schema.office.link import LinkQuery
from schema.office.officer import OfficerQuery
from schema.office.opaque import OpaqueQuery
from schema.office.path import PathQuery
from schema.office.policy import PolicyQuery
from schema.office.quality import QualityQuery
from schema.office.record import RecordQuery
from schema.office.requests import RequestQuery
from schema.office.search import SearchQuery
from schema.office.simulate import SimulateQuery


@strawberry.type
class Query(
    AgreementQuery,
    AmongQuery,
    LogQuery,
    LinkQuery,
    OfficerQuery,
    OpaqueQuery,
    PathQuery,
    PolicyQuery,
    QualityQuery,
    RecordQuery,
    RequestQuery,
    SearchQuery,
    SimulateQuery,
):
    """What an officer may ask."""
