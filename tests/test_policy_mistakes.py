"""A policy that does not fit is refused with the path of each mistake (DESIGN 2; R1, R3, R10, R14)."""

from datetime import date, datetime
from typing import Any

import pytest

from graph.errors import PolicyError
from graph.policy_file import policy_of, read_policy
from tests import worked_example

LEFT_OUT = object()


def changed(changes: dict[str, Any]) -> dict[str, Any]:
    """The worked example's policy with the value at each dotted path replaced, added or left out."""
    tables = worked_example.policy()
    for path, value in changes.items():
        *parents, name = path.split(".")
        table = tables
        for parent in parents:
            table = table[parent]
        table[name] = value
        if value is LEFT_OUT:
            del table[name]
    return tables


def mistakes(changes: dict[str, Any]) -> list[str]:
    """What is told of a policy with these changes."""
    with pytest.raises(PolicyError) as refused:
        policy_of(changed(changes))
    return list(refused.value.mistakes)


def paths(changes: dict[str, Any]) -> list[str]:
    """The path of each mistake in a policy with these changes, sorted."""
    return sorted(mistake.partition(": ")[0] for mistake in mistakes(changes))


@pytest.mark.parametrize(
    "table",
    ["", "dates.", "needs_support.", "vocabulary.", "categories.title_iii.", "links.CONTAINS."],
)
def test_a_key_that_the_policy_does_not_name_is_a_mistake(table: str) -> None:
    assert paths({f"{table}colour": "red"}) == [f"{table}colour"]


@pytest.mark.parametrize(
    "path",
    [
        *("id", "title", "shared_systems", "identifier_patterns", "dates", "needs_support"),
        *("categories", "codes", "links"),
        *("dates.floor", "dates.case", "dates.document", "dates.subject"),
        *("needs_support.case", "needs_support.document", "needs_support.subject"),
        "categories.title_iii.label",
        *("links.CONTAINS.from", "links.CONTAINS.to", "links.CONTAINS.carries", "links.CONTAINS.supports"),
    ],
)
def test_a_key_that_is_missing_is_a_mistake(path: str) -> None:
    assert paths({path: LEFT_OUT}) == [path]


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("title", 7, "title"),
        ("shared_systems", "CASE-MANAGEMENT", "shared_systems"),
        ("shared_systems", ["CASE-MANAGEMENT", 7], "shared_systems[1]"),
        ("excluded_systems", [7], "excluded_systems[0]"),
        ("identifier_patterns", [7], "identifier_patterns[0]"),
        ("implied_citation", True, "implied_citation"),
        ("dates", "2000-01-01", "dates"),
        ("dates.floor", "2000-01-01", "dates.floor"),
        ("dates.floor", datetime(2000, 1, 1, 12), "dates.floor"),
        ("dates.floor", 2000, "dates.floor"),
        ("dates.case", date(2000, 1, 1), "dates.case"),
        ("needs_support.case", "no", "needs_support.case"),
        ("needs_support.case", 0, "needs_support.case"),
        ("vocabulary", [], "vocabulary"),
        ("vocabulary.property", "name", "vocabulary.property"),
        ("vocabulary.property", ["name", 7], "vocabulary.property[1]"),
        ("categories", ["title_iii"], "categories"),
        ("categories.title_iii", "Wire", "categories.title_iii"),
        ("categories.title_iii.waivable", "yes", "categories.title_iii.waivable"),
        ("categories.title_iii.words", "wiretap", "categories.title_iii.words"),
        ("categories.title_iii.words", ["wiretap", 3], "categories.title_iii.words[1]"),
        ("categories.title_iii.authority", 18, "categories.title_iii.authority"),
        ("codes", "REL", "codes"),
        ("codes.REL", 7, "codes.REL"),
        ("codes.REL", ["release"], "codes.REL"),
        ("links", [], "links"),
        ("links.CONTAINS", "both", "links.CONTAINS"),
        ("links.CONTAINS.from", "case", "links.CONTAINS.from"),
        ("links.CONTAINS.from", ["case", "link"], "links.CONTAINS.from[1]"),
        ("links.CONTAINS.to", ["Case"], "links.CONTAINS.to[0]"),
        ("links.CONTAINS.carries", "up", "links.CONTAINS.carries"),
        ("links.CONTAINS.supports", "both", "links.CONTAINS.supports"),
        ("links.CONTAINS.needs_source", "yes", "links.CONTAINS.needs_source"),
        ("links.CONTAINS.category", 7, "links.CONTAINS.category"),
        ("links.CONTAINS.categories", "title_iii", "links.CONTAINS.categories"),
        ("links.SOURCE_OF.marks", "both", "links.SOURCE_OF.marks"),
    ],
)
def test_a_value_of_a_wrong_type_is_a_mistake(path: str, value: object, told: str) -> None:
    assert paths({path: value}) == [told]


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("shared_systems", [], "shared_systems"),
        ("identifier_patterns", [], "identifier_patterns"),
        ("identifier_patterns", ["[A-Z]", "[A-Z"], "identifier_patterns[1]"),
        ("identifier_patterns", ["[0-9]*"], "identifier_patterns[0]"),
        ("implied_citation", "QUOTES", "implied_citation"),
        ("dates.case", "created", "dates.case"),
        ("dates.document", "opened", "dates.document"),
        ("dates.subject", "title", "dates.subject"),
        ("categories.release", {"label": "All"}, "categories.release"),
        ("categories.uncoded.waivable", True, "categories.uncoded.waivable"),
        ("categories.excluded_system.waivable", True, "categories.excluded_system.waivable"),
        ("categories.deleted.waivable", True, "categories.deleted.waivable"),
        ("categories.uncoded.words", ["secret"], "categories.uncoded.words"),
        ("categories.asylum.words", ["asylum", " ‘’ -"], "categories.asylum.words[1]"),
        ("categories.asylum.words", ["(/)"], "categories.asylum.words[0]"),
        ("review", {"days": -1}, "review.days"),
        ("review", {"days": "yearly"}, "review.days"),
        ("review", {"old_days": 7}, "review.old_after, review.old_days"),
        ("review", {"old_after": 7}, "review.old_after, review.old_days"),
        ("review", {"categories": {"wire": 7}}, "review.categories.wire"),
        ("review", {"categories": {"asylum": 40_000}}, "review.categories[...]"),
        ("review", {"weeks": 7}, "review.weeks"),
        ("categories.uncoded.readers", ["a.b"], "categories.uncoded.readers"),
        ("categories.title_iii.readers", [], "categories.title_iii.readers"),
        ("categories.title_iii.readers", "a.b", "categories.title_iii.readers"),
        ("categories.title_iii.readers", [" "], "categories.title_iii.readers[0]"),
        ("categories.title_iii.readers", ["a.b", " A.B "], "categories.title_iii.readers[1]"),
        ("codes.T3", "wire", "codes.T3"),
        ("codes.T3", "Title_III", "codes.T3"),
        ("codes.T3", "uncoded", "codes.T3"),
        ("codes.T3", "deleted", "codes.T3"),
        ("links.CONTAINS.from", [], "links.CONTAINS.from"),
        ("links.CONTAINS.to", [], "links.CONTAINS.to"),
        ("links.CONTAINS.marks", "from", "links.CONTAINS.marks"),
        ("links.CONTAINS.category", "wire", "links.CONTAINS.category"),
        ("links.CONTAINS.category", "deleted", "links.CONTAINS.category"),
        ("links.CONTAINS.categories", ["title_iii", "wire"], "links.CONTAINS.categories"),
        ("links.CONTAINS.categories", ["deleted"], "links.CONTAINS.categories"),
    ],
)
def test_a_value_that_does_not_fit_is_a_mistake(path: str, value: object, told: str) -> None:
    assert paths({path: value}) == [told]


def test_every_mistake_is_told_and_not_the_first_alone() -> None:
    wrong = {
        "dates.floor": "2000-01-01",
        "categories.title_iii.colour": "red",
        "codes.T3": "wire",
        "codes.XX": "deleted",
        "links.CONTAINS.carries": "up",
        "links.CITES.supports": LEFT_OUT,
        "identifier_patterns": ["[A-Z", "x*"],
        "shared_systems": [],
    }
    assert paths(wrong) == [
        "categories.title_iii.colour",
        "codes.T3",
        "codes.XX",
        "dates.floor",
        "identifier_patterns[0]",
        "identifier_patterns[1]",
        "links.CITES.supports",
        "links.CONTAINS.carries",
        "shared_systems",
    ]


def test_a_mistake_at_the_top_hides_none_below_it() -> None:
    wrong = {"colour": "red", "title": LEFT_OUT, "codes.T3": "wire", "links.CONTAINS.colour": "red"}
    assert paths(wrong) == ["codes.T3", "colour", "links.CONTAINS.colour", "title"]


def test_every_wrong_value_of_the_code_book_has_its_own_path() -> None:
    assert paths({"codes.T3": 7, "codes.BSA": False}) == ["codes.BSA", "codes.T3"]


def test_sixty_four_categories_fit_the_systems_own_among_them_and_the_next_is_refused() -> None:
    own = {f"c{number}": {"label": "One"} for number in range(62)}
    plain = {"codes": {"REL": "release"}, "links": {}, "implied_citation": LEFT_OUT}
    fits = plain | {"categories": dict(list(own.items())[:61])}
    assert len(policy_of(changed(fits)).categories) == 64
    with pytest.raises(PolicyError) as refused:
        policy_of(changed(plain | {"categories": own}))
    assert str(refused.value) == (
        "policy.toml does not fit; nothing was changed. Mend:\n"
        "  categories: 65 categories; at most 64 can be told apart, uncoded, excluded_system, deleted among them"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('id = "a"\nid = "b"\n', "id: stated a second time in line 2"),
        ('[codes]\nT3 = "a"\nREL = "b"\n "T3" = "c"\n', "not TOML"),
        ('[codes]\nT3 = "a"\n\n  T3 = "c" # again', "codes.T3: stated a second time in line 4"),
        ('[codes]\n"6 E" = "a"\n"6 E" = "c"', 'codes."6 E": stated a second time in line 3'),
        ("[links.A]\n[links.A]\n", "links.A: stated a second time in line 2"),
        ("[links.A]\n[codes]\n[ links.A ] # again\n", "links.A: stated a second time in line 3"),
        ('title = """\nid = 1\nid = 2"""\nid = "a"\nid = "b"', "id: stated a second time in line 5"),
        ("a = {x = 1, x = 2}", "not TOML"),
    ],
)
def test_what_is_stated_twice_is_told_by_its_path(text: str, told: str) -> None:
    with pytest.raises(PolicyError) as refused:
        read_policy(text)
    [mistake] = refused.value.mistakes
    assert mistake == told or mistake.startswith(f"{told}: ")


@pytest.mark.parametrize(
    "text",
    ["id = ", "\x00", "dates = { floor = 2000-02-30 }"],
)
def test_what_is_no_toml_is_refused_with_its_file(text: str) -> None:
    with pytest.raises(PolicyError) as refused:
        read_policy(text, "home/policy.toml")
    assert [mistake.partition(": ")[0] for mistake in refused.value.mistakes] == ["not TOML"]
    assert str(refused.value).startswith(
        "home/policy.toml does not fit; nothing was changed. Mend:\n  not TOML: "
    )


def test_a_mistake_says_what_is_wrong_and_what_would_do() -> None:
    assert mistakes({"codes.T3": "uncoded", "dates.case": "created", "links.CONTAINS.colour": "red"}) == [
        "codes.T3: uncoded is given by the system, never by a code",
        "links.CONTAINS.colour: unknown key; known are from, to, carries, supports, needs_source, category,"
        " marks, categories",
        "dates.case: a case has no date called created; known are prepared, opened, closed",
    ]


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("links.CITES.carries", "sideways", "'sideways' is none of backward, both, forward, none"),
        ("links.CITES.from", ["documents"], "'documents' is none of case, document, subject"),
        ("links.CITES.supports", True, "expected a text, got true or false"),
        ("shared_systems", "X", "expected a list, got a text"),
        ("title", 5, "expected a text, got a whole number"),
        ("codes", [], "expected a table, got a list"),
    ],
)
def test_a_wrong_value_is_told_in_words_with_those_that_there_are(
    path: str, value: object, told: str
) -> None:
    (mistake,) = (one for one in mistakes({path: value}) if one.startswith(path))
    assert mistake.partition(": ")[2] == told
