"""An agreement that does not fit its policy is refused with the path of each mistake (DESIGN 2; R5, R14)."""

from datetime import date, datetime
from typing import Any

import pytest

from graph.agreement import Agreement, agreement_of, read_agreement, read_agreements
from graph.errors import PolicyError
from graph.model import Kind
from tests import worked_example
from tests.building import agreement, policy
from tests.test_policy_mistakes import LEFT_OUT

TEXT = (worked_example.FOLDER / "agreements" / "ndex.toml").read_text(encoding="utf-8")


def paths(**changed: Any) -> list[str]:
    """The path of each mistake in the agreement `ndex` with these keys replaced, sorted."""
    tables = {
        key: value
        for key, value in (worked_example.agreement("ndex") | changed).items()
        if value is not LEFT_OUT
    }
    with pytest.raises(PolicyError) as refused:
        agreement_of(tables, policy(), "agreements/ndex.toml")
    return sorted(mistake.partition(": ")[0] for mistake in refused.value.mistakes)


@pytest.mark.parametrize("key", ["id", "partner", "effective", "expires", "kinds", "caveat"])
def test_a_key_that_is_missing_is_a_mistake(key: str) -> None:
    assert paths(**{key: LEFT_OUT}) == [key]


@pytest.mark.parametrize("key", ["statuses", "office", "program", "Suspended", "shares"])
def test_a_key_that_agreements_do_not_have_is_a_mistake(key: str) -> None:
    assert paths(**{key: []}) == [key]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("id", 7, "id"),
        ("partner", ["County"], "partner"),
        ("effective", "2009-05-08", "effective"),
        ("effective", datetime(2009, 5, 8, 0, 0), "effective"),
        ("expires", 2031, "expires"),
        ("kinds", "case", "kinds"),
        ("kinds", ["case", "link"], "kinds[1]"),
        ("kinds", ["cases"], "kinds[0]"),
        ("caveat", False, "caveat"),
        ("offices", "SAC-NY", "offices"),
        ("offices", ["SAC-NY", 1], "offices[1]"),
        ("case_status", [True], "case_status[0]"),
        ("programs", {}, "programs"),
        ("link_types", [7], "link_types[0]"),
        ("omit", "case.title", "omit"),
        ("purpose_required", "yes", "purpose_required"),
        ("suspended", 1, "suspended"),
    ],
)
def test_a_value_of_a_wrong_type_is_a_mistake(key: str, value: object, told: str) -> None:
    assert paths(**{key: value}) == [told]


@pytest.mark.parametrize("id", ["", "-ndex", "n dex", "ndex/..", "ndéx", "n" * 65, "ndex\n"])
def test_an_id_that_is_no_plain_word_is_a_mistake(id: str) -> None:
    assert paths(id=id) == ["id"]


@pytest.mark.parametrize("expires", [date(2009, 5, 7), date(2009, 5, 8)])
def test_r5_an_agreement_that_would_end_before_it_begins_is_a_mistake(expires: date) -> None:
    assert paths(expires=expires) == ["expires"]


def test_an_agreement_of_no_kind_is_a_mistake() -> None:
    assert paths(kinds=[]) == ["kinds"]


def test_a_link_type_that_the_policy_does_not_have_is_a_mistake() -> None:
    assert paths(link_types=["CONTAINS", "contains", "OWNED"]) == ["link_types[1]", "link_types[2]"]


@pytest.mark.parametrize(
    "name",
    [
        *("case.number", "document.number", "document.type", "subject.type"),
        *("link.type", "link.from", "link.to", "link.sources"),
    ],
)
def test_r14_what_the_partner_schema_requires_cannot_be_omitted(name: str) -> None:
    assert paths(omit=["case.title", name]) == ["omit[1]"]


@pytest.mark.parametrize(
    "name",
    [
        *("", "case", "case.", ".title", "title", "case.author", "document.synopsis", "subject.name"),
        *("case.prepared", "subject.created", "link.id", "property", "property.", "property.shoe_size"),
        *("Case.title", "case.title ", "document.access_codes", "case.id"),
    ],
)
def test_r14_what_is_never_shown_cannot_be_omitted(name: str) -> None:
    assert paths(omit=[name]) == ["omit[0]"]


def test_r14_everything_else_that_is_shown_can_be_omitted() -> None:
    names = [
        *("case.office", "case.title", "case.status", "case.program", "case.opened", "case.closed"),
        *("case.synopsis", "document.office", "document.title", "document.prepared", "document.narrative"),
        *("document.author", "subject.office", "link.role", "link.since", "link.until"),
        *("property.name", "property.alias"),
    ]
    assert agreement(omit=names).omit == frozenset(names)


def test_r14_a_policy_without_a_list_of_properties_lets_any_be_omitted() -> None:
    assert agreement(under=policy(vocabulary={}), omit=["property.shoe_size"]).omit == {"property.shoe_size"}


def test_every_mistake_is_told_and_not_the_first_alone() -> None:
    wrong = {
        "id": "",
        "kinds": [],
        "expires": date(2000, 1, 1),
        "link_types": ["X"],
        "omit": ["x", "link.to"],
    }
    assert paths(**wrong) == ["expires", "id", "kinds", "link_types[0]", "omit[0]", "omit[1]"]


def test_a_value_of_a_wrong_type_hides_no_other_mistake() -> None:
    wrong = {"effective": "2000-01-01", "caveat": LEFT_OUT, "offices": "HQ", "kinds": [], "link_types": ["X"]}
    assert paths(**wrong) == ["caveat", "effective", "kinds", "link_types[0]", "offices"]


def test_what_is_no_toml_is_refused_with_its_file() -> None:
    with pytest.raises(PolicyError) as refused:
        read_agreement("id = ndex", policy(), "agreements/ndex.toml")
    assert str(refused.value).startswith(
        "agreements/ndex.toml does not fit; nothing was changed. Mend:\n  not TOML: "
    )


def test_two_agreements_whose_ids_differ_in_case_alone_are_a_mistake_of_the_second() -> None:
    texts = {"agreements/a.toml": TEXT, "agreements/b.toml": TEXT.replace('"ndex"', '"NDEx"')}
    with pytest.raises(PolicyError) as refused:
        read_agreements(texts, policy())
    assert str(refused.value).splitlines() == [
        "agreements/b.toml does not fit; nothing was changed. Mend:",
        "  id: NDEx is, but for the case of its letters, the id in agreements/a.toml too",
    ]


def test_an_agreement_is_read_whole() -> None:
    read = read_agreement(
        (worked_example.FOLDER / "agreements" / "county.toml").read_text(), policy(), "county"
    )
    assert read == Agreement(
        id=read.id,
        partner="County Sheriff",
        effective=date(2012, 1, 1).toordinal(),
        expires=date(2031, 1, 1).toordinal(),
        kinds=(Kind.CASE, Kind.DOCUMENT, Kind.SUBJECT),
        caveat="Lead information only.",
        offices=frozenset(("SAC-NY",)),
        case_status=frozenset(("open",)),
        programs=None,
        link_types=None,
        omit=frozenset(("document.author", "document.narrative")),
        purpose_required=True,
        suspended=False,
        fingerprint=read.fingerprint,
    )


@pytest.mark.parametrize(
    ("day", "suspended", "in_force"),
    [
        (date(2009, 5, 7), False, False),
        (date(2009, 5, 8), False, True),
        (date(2031, 5, 7), False, True),
        (date(2031, 5, 8), False, False),
        (date(2020, 1, 1), True, False),
    ],
)
def test_r5_it_is_in_force_from_its_start_until_the_day_before_its_end(
    day: date, suspended: bool, in_force: bool
) -> None:
    assert agreement(suspended=suspended).in_force(day.toordinal()) is in_force


def test_an_empty_list_of_offices_allows_none_and_no_list_allows_all() -> None:
    assert (agreement(offices=[]).offices, agreement().offices) == (frozenset(), None)
