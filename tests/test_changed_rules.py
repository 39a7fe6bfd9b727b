"""A publication under a changed policy or agreement is asked about if it would add anything (DESIGN 4)."""

from datetime import date
from typing import Any

import pytest

from graph.draft import Rules
from graph.planning import Publication
from tests.building import Agency, agreement, moment, policy, rules
from tests.plain_lines import case

C1 = case("C-1", "NY03-0001", synopsis="See NY03-0002.", program="fraud")
C2 = case("C-2", "NY03-0002")
WIRE = case("C-3", "NY03-0003", access_codes=["T3"])
CLOSED = case("C-4", "NY03-0004", status="closed")


def planned_under(changed: Rules, first: Rules | None = None, publish: bool = True) -> Publication:
    """What is told of a publication under changed rules, of what was published under the first ones."""
    made = Agency(first or rules(agreement(case_status=["open"])))
    made.load(C1, C2, WIRE, CLOSED)
    if publish:
        made.publish()
    made.rules = changed
    [planned] = made.publisher.plan(changed, made.now, list(changed.agreements))
    return planned.publication


def asked(publication: Publication) -> bool:
    """Whether a person has to say yes."""
    return publication.rules_changed and publication.adds


OPEN: dict[str, Any] = {"case_status": ["open"]}
WIDER_POLICY = policy(codes={"REL": "release", "T3": "release"})


@pytest.mark.parametrize(
    ("changed", "is_asked"),
    [
        (rules(agreement(case_status=["open"])), False),
        (rules(agreement(case_status=["open", "closed"])), True),
        (rules(agreement(omit=[], **OPEN)), False),
        (rules(agreement(caveat="Another caveat.", **OPEN)), False),
        (rules(agreement(case_status=[])), False),
        (rules(agreement(under=WIDER_POLICY, **OPEN), under=WIDER_POLICY), True),
        (rules(agreement(under=policy(title="Another"), **OPEN), under=policy(title="Another")), False),
        (rules(agreement(omit=["case.title"], **OPEN)), False),
        (rules(agreement(programs=["fraud"], **OPEN)), False),
    ],
    ids=[
        *("the same", "a wider agreement", "nothing more to show", "another caveat", "nothing left"),
        *("a wider policy", "another title", "a field less", "a record less, and a number less in a text"),
    ],
)
def test_changed_rules_are_asked_about_only_if_they_would_add(changed: Rules, is_asked: bool) -> None:
    assert asked(planned_under(changed)) is is_asked


def test_rules_that_were_never_published_are_not_asked_about() -> None:
    publication = planned_under(rules(agreement(case_status=["closed"])), publish=False)
    assert (publication.rules_changed, publication.adds, publication.added) == (False, True, 1)


def test_it_is_told_what_would_be_added() -> None:
    publication = planned_under(rules(agreement()))
    assert (publication.added, publication.updated, publication.withdrawn) == (1, 0, 0)


def test_a_restriction_under_changed_rules_does_not_make_them_the_known_ones() -> None:
    made = Agency(rules(agreement(**OPEN)))
    made.load(C1, CLOSED)
    made.publish()
    made.rules = rules(agreement())
    made.restrict()
    [planned] = made.publisher.plan(made.rules, made.now, list(made.rules.agreements))
    assert asked(planned.publication) is True
    made.publish()
    [planned] = made.publisher.plan(made.rules, made.now, list(made.rules.agreements))
    assert planned.publication.rules_changed is False


def test_an_agreement_that_is_not_published_this_time_stays_one_to_ask_about() -> None:
    made = Agency(rules(agreement("ndex", **OPEN), agreement("county", **OPEN)))
    made.load(C1, CLOSED)
    made.publish()
    made.rules = rules(agreement("ndex"), agreement("county"))
    made.publish("ndex")
    planned = made.publisher.plan(made.rules, made.now, list(made.rules.agreements))
    assert {plan.publication.agreement: asked(plan.publication) for plan in planned} == {
        "ndex": False,
        "county": True,
    }


def test_time_alone_changes_no_rules() -> None:
    made = Agency()
    made.load(case("C-9", "NY03-0009", prepared="2026-12-01"))
    made.publish()
    made.now = moment(date(2026, 12, 1))
    [planned] = made.publisher.plan(made.rules, made.now, list(made.rules.agreements))
    told: dict[str, Any] = {"changed": planned.publication.rules_changed, "added": planned.publication.added}
    assert told == {"changed": False, "added": 1}
