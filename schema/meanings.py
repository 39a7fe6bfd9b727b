"""What each field of the partner's schema means in a View: the table from which plans are compiled.

A plain field of a struct that the schema calls the same need not be listed: a field not listed, of a type in STRUCTS,
is the struct's own, if it has it. What neither says is not compiled.
"""

from functools import partial
from operator import attrgetter
from typing import Any, Final

from graph.indexed import label
from graph.model import Kind
from graph.release import ReleasedCase, ReleasedDocument, ReleasedLink, ReleasedSubject
from graph.view import By, by_name
from schema.asked import (
    AskedChanges,
    AskedLinks,
    AskedNeighbours,
    AskedPath,
    AskedRecords,
    change_position,
    few,
)
from schema.cursors import Belonging
from schema.links import incident_position
from schema.meaning import Leaf, Make, Many, Meaning, One, Paged
from schema.orders import by_default
from schema.searches import AskedSearch, found_position


def _only(name: str) -> Make:
    return lambda **arguments: arguments[name]


def _neighbours(field: str, by: By, kind: Kind) -> Paged:
    return Paged(
        whole="{near}[{it}.id]",
        place="by_default",
        belonging="{asked}.belonging({it}.id)",
        make=partial(AskedNeighbours.of, field),
        near=f"view.neighbours(By.{by.name}, Kind.{kind.name})",
    )


def _records(kind: Kind) -> Paged:
    return Paged(
        whole="{asked}.whole(asking)",
        place="{asked}.position",
        belonging="{asked}.belonging",
        make=partial(AskedRecords.of, kind),
    )


def _of_all(type: str, fields: dict[str, Meaning]) -> dict[tuple[str, str], Meaning]:
    return {(type, name): meaning for name, meaning in fields.items()}


_DOCUMENTS, _SUBJECTS, _CASES = (
    _neighbours(f"{kind}s", By.SUPPORTING, kind) for kind in (Kind.DOCUMENT, Kind.SUBJECT, Kind.CASE)
)
_LINKS: Final = Paged(
    whole="{asked}.whole(view, {it}.id)",
    place="incident_position",
    belonging="{asked}.belonging({it}.id)",
    make=AskedLinks.of,
)
_LINK_COUNTS: Final = Many("view.link_counts({it}.id)")
_SOURCES: Final = Many("view.documents({it}.sources)", key="id_of")

_CONNECTION: Final[dict[str, Meaning]] = {
    "edges": Many("s{n}", key="id_of"),
    "nodes": Many("s{n}", key="id_of"),
    "pageInfo": One(),
    "totalCount": Leaf("len(w{n})"),
}
_EDGE: Final[dict[str, Meaning]] = {
    "cursor": Leaf("seal(g{n}, {place}({it}))", seals=True),
    "node": One(),
}

MEANINGS: Final[dict[tuple[str, str], Meaning]] = {
    **_of_all(
        "Query",
        {
            "agreement": One("header"),
            "node": One("view.node({asked})", nullable=True, make=_only("id")),
            "nodes": Many(
                "list(map(view.node, {asked}))",
                nullable=True,
                make=lambda **arguments: few(arguments["ids"]),
            ),
            "linksAmong": Many(
                "view.links_among({asked})",
                make=lambda **arguments: few(arguments["ids"]),
                charged=True,
                key="id_of",
            ),
            "case": One("view.case({asked})", nullable=True, make=_only("number")),
            "document": One("view.document({asked})", nullable=True, make=_only("number")),
            "cases": _records(Kind.CASE),
            "documents": _records(Kind.DOCUMENT),
            "subjects": _records(Kind.SUBJECT),
            "changes": Paged(
                whole="{asked}.whole(view)",
                place="change_position",
                belonging="{asked}.belonging",
                make=AskedChanges.of,
            ),
            "search": Paged(
                whole="{asked}.whole(asking)",
                place="found_position",
                belonging="{asked}.belonging",
                make=AskedSearch.of,
            ),
            "path": One("{asked}.found(asking)", nullable=True, make=AskedPath.of),
        },
    ),
    **_of_all(
        "Path",
        {
            "length": Leaf("len({it}.links)"),
            "records": Many("list(map(view.end, {it}.records))", charged=True, key="id_of"),
            "links": Many("list(map(view.link, {it}.links))", charged=True, key="id_of"),
        },
    ),
    **_of_all(
        "Agreement",
        {
            "id": Leaf("{it}.agreement"),
            "partner": Leaf("{it}.partner"),
            "effective": Leaf("{it}.effective"),
            "expires": Leaf("{it}.expires"),
            "caveat": Leaf("{it}.caveat"),
            "kinds": Leaf("[kind.name for kind in {it}.kinds]"),
            "release": One(),
        },
    ),
    **_of_all(
        "Release",
        {
            "version": Leaf("{it}.version"),
            "publishedAt": Leaf("{it}.published_at"),
            "recordCount": Leaf("view.record_count"),
            "linkCount": Leaf("view.link_count"),
        },
    ),
    **_of_all(
        "Case",
        {
            "kind": Leaf("'CASE'"),
            "synopsis": Leaf("long_text({it}.synopsis)"),
            "documents": _DOCUMENTS,
            "subjects": _SUBJECTS,
            "relatedCases": _neighbours("relatedCases", By.ANY, Kind.CASE),
            "links": _LINKS,
            "linkCounts": _LINK_COUNTS,
        },
    ),
    **_of_all(
        "Document",
        {
            "kind": Leaf("'DOCUMENT'"),
            "narrative": Leaf("long_text({it}.narrative)"),
            "cases": _CASES,
            "subjects": _SUBJECTS,
            "attachments": _neighbours("attachments", By.ATTACHING, Kind.DOCUMENT),
            "links": _LINKS,
            "linkCounts": _LINK_COUNTS,
        },
    ),
    **_of_all(
        "Subject",
        {
            "kind": Leaf("'SUBJECT'"),
            "label": Leaf("label({it})"),
            "properties": Many("by_name({it}.properties)"),
            "cases": _CASES,
            "documents": _DOCUMENTS,
            "links": _LINKS,
            "linkCounts": _LINK_COUNTS,
        },
    ),
    **_of_all("Property", {"name": Leaf("{it}[0]"), "values": Many("{it}[1]")}),
    **_of_all("PropertyValue", {"value": Leaf("{it}.value"), "sources": _SOURCES}),
    **_of_all(
        "Link",
        {"from": One("view.end({it}.head)"), "to": One("view.end({it}.tail)"), "sources": _SOURCES},
    ),
    **_of_all(
        "LinkCount",
        {
            "type": Leaf("{it}.type"),
            "direction": Leaf("{it}.direction.value"),
            "kind": Leaf("{it}.kind.name"),
            "count": Leaf("{it}.count"),
        },
    ),
    **_of_all(
        "LinkEdge",
        {
            **_EDGE,
            "node": One("view.end({it}.other)"),
            "link": One("{it}.link"),
            "direction": Leaf("{it}.direction.value"),
        },
    ),
    **_of_all(
        "LinkConnection",
        {
            "edges": Many("s{n}", key="seen_as"),
            "pageInfo": _CONNECTION["pageInfo"],
            "totalCount": _CONNECTION["totalCount"],
        },
    ),
    **_of_all(
        "Change",
        {
            "kind": Leaf("{it}.kind.name"),
            "recordId": Leaf("{it}.id", notes=True),
            "record": One("view.record({it}.id)", nullable=True),
            "version": Leaf("{it}.version"),
        },
    ),
    **_of_all("ChangeConnection", {"edges": Many("s{n}"), "pageInfo": _CONNECTION["pageInfo"]}),
    **_of_all("ChangeEdge", _EDGE),
    **_of_all(
        "RecordConnection",
        {**_CONNECTION, "nodes": Many("[view.end(found.id) for found in s{n}]", key="id_of")},
    ),
    **_of_all("RecordEdge", {**_EDGE, "node": One("view.end({it}.id)")}),
    **_of_all(
        "PageInfo",
        {
            "hasNextPage": Leaf("e{n} < len(w{n})"),
            "hasPreviousPage": Leaf("b{n} > 0"),
            "startCursor": Leaf("(seal(g{n}, {place}(s{n}[0])) if s{n} else None)", seals=True),
            "endCursor": Leaf("(seal(g{n}, {place}(s{n}[-1])) if s{n} else None)", seals=True),
        },
    ),
    **{
        place: meaning
        for kind in ("Case", "Document", "Subject")
        for place, meaning in (
            *_of_all(f"{kind}Connection", _CONNECTION).items(),
            *_of_all(f"{kind}Edge", _EDGE).items(),
        )
    },
}
"""By the names of a type and of one of its fields."""

STRUCTS: Final[dict[str, type]] = {
    "Case": ReleasedCase,
    "Document": ReleasedDocument,
    "Subject": ReleasedSubject,
    "Link": ReleasedLink,
}
"""The structs of the types that an interface may turn out to be."""

KNOWN: Final[dict[str, Any]] = {
    "Belonging": Belonging,
    "By": By,
    "Kind": Kind,
    "by_default": by_default,
    "by_name": by_name,
    "change_position": change_position,
    "found_position": found_position,
    "incident_position": incident_position,
    "label": label,
    "id_of": attrgetter("id"),
    "len": len,
    "list": list,
    "map": map,
    "seen_as": attrgetter("link.id", "other"),
    "type": type,
    **{struct.__name__: struct for struct in STRUCTS.values()},
}
"""The names that a plan may use besides its own."""


def meaning_of(type: str, field: str) -> Meaning | None:
    """What a field of a type means; None where it is not known."""
    meaning = MEANINGS.get((type, field))
    if meaning is None and field in getattr(STRUCTS.get(type), "__struct_fields__", ()):
        return Leaf(f"{{it}}.{field}")
    return meaning
