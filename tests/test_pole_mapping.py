"""The mapping, the policy and the agreement that come for POLE fit one another, whatever the data."""

from pathlib import Path

from graph.agreement import read_agreement
from graph.policy import SYSTEM_CATEGORIES
from graph.policy_file import read_policy
from loaders.mapping_file import read_mapping

MAPPINGS = Path(__file__).parents[1] / "loaders" / "mappings"
MAPPING = read_mapping((MAPPINGS / "pole.toml").read_text(encoding="utf-8"), "pole.toml")
POLICY = read_policy((MAPPINGS / "pole.policy.toml").read_text(encoding="utf-8"), "pole.policy.toml")


def test_the_agreement_fits_the_policy() -> None:
    text = (MAPPINGS / "pole.agreement.toml").read_text(encoding="utf-8")
    assert read_agreement(text, POLICY, "pole.agreement.toml").id == "neighbour"


def test_the_policy_knows_each_link_that_the_mapping_makes_and_no_other() -> None:
    assert {relationship.link for relationship in MAPPING.relationships.values()} == set(POLICY.links)


def test_the_code_book_has_each_code_that_the_mapping_gives_and_no_other() -> None:
    codes = {code for node in MAPPING.nodes.values() for code in node.coding.always}
    codes |= {code for node in MAPPING.nodes.values() for rule in node.coding.rules for code in rule.codes}
    codes |= {code for node in MAPPING.nodes.values() for prop in node.properties for code in prop.codes}
    assert codes == set(POLICY.codes)


def test_each_category_is_given_by_a_code_or_by_the_system() -> None:
    coded = {name for bits in POLICY.codes.values() for name in POLICY.names_of(bits)}
    assert coded | set(SYSTEM_CATEGORIES) == set(POLICY.categories)


def test_the_policy_lists_each_property_that_the_mapping_makes_and_no_other() -> None:
    names = frozenset(prop.name for node in MAPPING.nodes.values() for prop in node.properties)
    assert names == POLICY.words["property"]
