"""Categories with readers (DESIGN 6): their records do not exist for who is on none of their lists."""

import pytest

from tests.building import policy
from tests.worked_example import policy as tables


@pytest.mark.parametrize(
    ("person", "hidden"),
    [
        ("ann", set()),
        ("bob", {"title_iii"}),
        ("cy", {"title_iii", "grand_jury", "asylum"}),
        ("", {"title_iii", "grand_jury", "asylum"}),
    ],
)
def test_a_category_hides_from_everybody_who_is_not_among_its_readers(person: str, hidden: set[str]) -> None:
    categories = tables()["categories"]
    categories["title_iii"]["readers"] = ["Ann"]
    categories["grand_jury"]["readers"] = ["ann", "Bob"]
    categories["asylum"]["readers"] = ["ann", "bob"]
    under = policy(categories=categories)
    assert under.hidden_from(person) == sum(under.bit(name) for name in hidden)
    assert policy().hidden_from(person) == 0
