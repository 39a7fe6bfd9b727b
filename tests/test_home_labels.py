"""A home's own labels: in a statement they are put in place of the plain ones, and all else stays as it is written."""

import re

import pytest

from graph.stores.bolt_holdings import labels
from graph.stores.home_labels import home_id, label_for, text_for
from graph.stores.statements import Statement, parse, schema, statement
from tests.neighbours import HOME
from tests.stores.statement_names import NAMES, SCHEMA

KNOWN = {
    *("Before", "Case", "Clearance", "Consent", "Document", "Held", "Holdings", "Link", "Memory", "Paper"),
    *("Standing", "Subject", "Taint", "Term"),
    *("Reader", "Release", "Released", "ReleasedLink", "ReleasePart", "ReleaseTouch", "ReleaseVersion"),
    *("Restriction", "Revision", "Revoked", "SeenDay", "Turn"),
}
OF_EVERY_HOME = {"holdings_earlier", "holdings_readable", "releases_earlier", "releases_readable"}


def asked(text: str, mode: str = "read") -> Statement:
    return parse("asked", f"// purpose: ask.\n// parameters: none\n// {mode}\n{text}\n")


@pytest.mark.parametrize("text", ["0123456789abcdef", "f" * 16])
def test_an_id_is_16_hexadecimal_digits(text: str) -> None:
    assert home_id(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "0123456789abcdef0",
        "0123456789ABCDEF",
        "0123456789abcde\n",
        "0123456789abcdef\n",
        "x:Held {id:1}) /",
        "٠" * 16,
    ],
)
def test_nothing_else_is_an_id(text: str) -> None:
    assert home_id(text) is None


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("MATCH (n:Held {id: 'Held'}) RETURN n", "MATCH (n:Held_{0} {id: 'Held'}) RETURN n"),
        ("MATCH (:Held:Link) RETURN 1", "MATCH (:Held_{0}:Link_{0}) RETURN 1"),
        ("MATCH (n:Held|Taint) RETURN n:Link", "MATCH (n:Held_{0}|Taint_{0}) RETURN n:Link_{0}"),
        ("CREATE (n:Held:$(row.labels))", "CREATE (n:Held_{0}:$(row.labels))"),
        ("RETURN COUNT { (:Record) } AS Record", "RETURN COUNT { (:Record) } AS Record"),
        ("MERGE (n:Turn) ON CREATE SET n:KeepsReleases", "MERGE (n:Turn_{0}) ON CREATE SET n:KeepsReleases"),
        ("FOREACH (n IN ns | DELETE n)", "FOREACH (n IN ns | DELETE n)"),
        (
            "CREATE CONSTRAINT held_id IF NOT EXISTS\nFOR (n:Held) REQUIRE n.id IS UNIQUE",
            "CREATE CONSTRAINT held_id_{0} IF NOT EXISTS\nFOR (n:Held_{0}) REQUIRE n.id IS UNIQUE",
        ),
        (
            "CREATE INDEX held_deleted IF NOT EXISTS\nFOR (n:Held) ON (n.deleted)",
            "CREATE INDEX held_deleted_{0} IF NOT EXISTS\nFOR (n:Held_{0}) ON (n.deleted)",
        ),
    ],
)
def test_labels_and_names_of_constraints_are_the_home_s_and_nothing_else_is(text: str, own: str) -> None:
    assert text_for(asked(text), HOME) == own.replace("{0}", HOME)
    assert text_for(asked(text), None) == text
    assert text_for(asked(text, "read, of every home"), HOME) == text


def test_each_statement_without_the_id_is_the_one_that_is_written() -> None:
    for known in map(statement, (*NAMES, *SCHEMA)):
        assert text_for(known, HOME).replace(f"_{HOME}", "") == known.text == text_for(known, None)


def test_every_label_is_one_of_those_that_are_known() -> None:
    texts = [text_for(known, HOME) for known in map(statement, (*NAMES, *SCHEMA)) if not known.of_every_home]
    own = {label for text in texts for label in re.findall(rf"(\w+)_{HOME}", text) if label[0].isupper()}
    rest = {label for text in texts for label in re.findall(r"[:|]([A-Z]\w*)", text)}
    assert (own, {label for label in rest if not label.endswith(HOME)}) == (
        KNOWN,
        {"KeepsHoldings", "KeepsReleases"},
    )


def test_the_statements_that_look_at_every_home_are_few() -> None:
    assert {name for name in NAMES if statement(name).of_every_home} == OF_EVERY_HOME


def test_no_constraint_or_index_of_a_home_has_another_home_s_name() -> None:
    made = [text_for(known, HOME) for known in (*schema("holdings"), *schema("releases"))]
    names = {text.split()[2] for text in made}
    assert (len(names), {name.rpartition("_")[2] for name in names}) == (len(SCHEMA), {HOME})


def test_what_is_held_is_labelled_by_its_home_and_every_record_is_a_record() -> None:
    own = labels(HOME)
    assert {kind: list(of_kind) for kind, of_kind in own.items()} == {
        **{kind: ["Record", label_for(kind.capitalize(), HOME)] for kind in ("case", "document", "subject")},
        **{kind: [label_for(kind.capitalize(), HOME)] for kind in ("link", "clearance", "consent")},
    }
    assert labels(None)["case"] == ["Record", "Case"]
