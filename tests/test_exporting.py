"""An export is the release in the form of the holdings, with their ids: just what the contract expects (DESIGN 5)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.agreement import agreement_of
from graph.draft import Rules
from graph.exporting import export_lines, known_names
from graph.keys import naming
from graph.model import AgreementId
from graph.release import Release
from graph.stores.sqlite_holdings import open_holdings
from graph.stores.sqlite_releases import open_releases
from tests import worked_example
from tests.building import KEYS, Agency, policy, rules
from tests.memory_releases import MARK
from tests.plain_lines import case, document, link, prop, subject
from tests.worked_example import AGREEMENTS

TEXTS = ("title", "synopsis", "narrative")


def worked_rules() -> Rules:
    under = policy()
    return rules(*(agreement_of(worked_example.agreement(id), under, id) for id in AGREEMENTS), under=under)


def exported(made: Agency, id: str) -> list[dict[str, Any]]:
    """The lines of an export."""
    header, content = made.header(id), made.content(id)
    names = known_names(made.holdings.entries(), naming(KEYS, AgreementId(id)))
    return list(export_lines(Release(header, content), names))


def as_expected(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """An export in the form of the contract's expected files."""
    records = {line["id"]: line for line in lines if line["kind"] in ("case", "document", "subject")}
    links = {line["id"]: line for line in lines if line["kind"] == "link"}
    fields = {id: without(line, "id", "kind", "properties") for id, line in records.items()}
    values = sorted(
        [id, value["name"], value["value"], value["sources"]]
        for id, line in records.items()
        for value in line.get("properties", [])
    )
    return {
        "records": sorted(records),
        "links": sorted(links),
        "properties": [value[:3] for value in values],
        "texts": {id: {k: v for k, v in shown.items() if k in TEXTS} for id, shown in fields.items()},
        "fields": fields,
        "link_fields": {id: without(line, "id", "kind") for id, line in links.items()},
        "property_sources": values,
    }


def without(line: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name not in names}


@pytest.fixture(name="published", scope="module")
def _published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agency]:
    """The worked example, loaded into SQLite files and published to both agreements."""
    folder: Path = tmp_path_factory.mktemp("worked")
    with open_holdings(folder / "h.sqlite") as holdings, open_releases(folder / "r.sqlite", MARK) as releases:
        made = Agency(worked_rules(), holdings, releases)
        made.load(*worked_example.lines())
        assert made.rejected == []
        made.publish()
        yield made


@pytest.mark.parametrize("id", AGREEMENTS)
def test_the_worked_example_is_exported_exactly_as_expected(published: Agency, id: str) -> None:
    assert as_expected(exported(published, id)) == worked_example.expected(id)


@pytest.mark.parametrize("id", AGREEMENTS)
def test_the_caveat_comes_first_and_then_records_and_links_by_id(published: Agency, id: str) -> None:
    caveat, *lines = exported(published, id)
    assert caveat == {"kind": "caveat", "text": worked_example.agreement(id)["caveat"]}
    order = [(line["kind"] == "link", line["id"]) for line in lines]
    assert order == sorted(order)


@pytest.mark.parametrize("id", AGREEMENTS)
def test_no_opaque_id_is_left_in_an_export(published: Agency, id: str) -> None:
    text = str(exported(published, id))
    assert [opaque for opaque in published.names(id) if opaque in text] == []


def test_an_export_is_in_the_form_of_the_holdings() -> None:
    made = Agency()
    made.load(
        *[case("C-1", "NY03-0001", opened="2003-04-05"), document("D-1", "NY03-0001-001", "Seen.")],
        subject("S-1", prop("name", "Ann", sources=["D-1", "D-9"]), prop("alias", "A")),
        link("L-1", "C-1", "CONTAINS", "D-1", since="2003"),
        link("L-2", "D-1", "MENTIONS", "S-1", role="driver", sources=["D-1"]),
    )
    made.publish()
    assert exported(made, "ndex")[1:] == [
        {
            **{"kind": "case", "id": "C-1", "number": "NY03-0001", "office": "SAC-NY", "title": "Plain"},
            **{"status": "open", "opened": "2003-04-05"},
        },
        {
            **{"kind": "document", "id": "D-1", "number": "NY03-0001-001", "type": "ROI", "office": "SAC-NY"},
            **{"title": "Plain", "prepared": "2003-04-05", "narrative": "Seen."},
        },
        {
            **{"kind": "subject", "id": "S-1", "type": "person", "office": "SAC-NY"},
            "properties": [
                {"name": "alias", "value": "A", "sources": []},
                {"name": "name", "value": "Ann", "sources": ["D-1"]},
            ],
        },
        {
            "kind": "link",
            "id": "L-1",
            "type": "CONTAINS",
            "from": "C-1",
            "to": "D-1",
            "since": "2003",
            "sources": [],
        },
        {
            **{"kind": "link", "id": "L-2", "type": "MENTIONS", "from": "D-1", "to": "S-1"},
            **{"role": "driver", "sources": ["D-1"]},
        },
    ]


def test_an_empty_release_is_its_caveat_alone() -> None:
    made = Agency()
    made.publish()
    assert [line["kind"] for line in exported(made, "ndex")] == ["caveat"]


@pytest.mark.parametrize("id", AGREEMENTS)
def test_r13_the_export_loaded_again_has_nothing_but_what_was_released(published: Agency, id: str) -> None:
    seen = published.seen(id)
    kept = [
        line
        for line in worked_example.lines()
        if line["id"] in seen or line["kind"] in ("clearance", "consent")
    ]
    again = Agency(worked_rules())
    again.load(*kept)
    again.publish()
    assert again.seen(id) == seen
