"""A scenario that cannot be read is told with the path of each mistake, all of them at once."""

import pytest

from graph.errors import Unreadable
from graph.model import AgreementId
from server.scenarios.scenario import Scenario
from server.scenarios.scenario_file import AT_FIRST, ScenarioError, read_scenario
from tests import worked_example

PLAIN = """
rule = "R1"
why = "A plain case is released."
source = "DESIGN R1"
load = "case C1"
[expect.partner]
records = "C1"
"""


def read(text: str, **files: str) -> Scenario:
    """The scenario, under the default policy; files: those that it may name."""

    def beside(name: str) -> str:
        if name not in files:
            raise Unreadable(f"{name}: is not there")
        return files[name]

    return read_scenario(text, "s.toml", worked_example.policy(), beside)


def mistakes(text: str, **files: str) -> list[str]:
    """Every mistake that is told."""
    with pytest.raises(ScenarioError) as refused:
        read(text, **files)
    assert str(refused.value).startswith("s.toml is no scenario. Mend:\n  ")
    return list(refused.value.mistakes)


def starts(text: str, **files: str) -> list[str]:
    """The path of each mistake, in order."""
    return [mistake.partition(": ")[0] for mistake in mistakes(text, **files)]


def test_a_plain_scenario_is_read() -> None:
    scenario = read(PLAIN)
    [step] = scenario.steps
    assert (scenario.rule, scenario.source, step.why, set(scenario.agreements)) == (
        "R1", "DESIGN R1", AT_FIRST, {"partner"},
    )  # fmt: skip
    assert step.expected[AgreementId("partner")].records == {"C1"}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({'rule = "R1"': ""}, ["rule"]),
        ({'why = "A plain case is released."': 'why = " "'}, ["why"]),
        ({"source": "sauce"}, ["sauce", "source"]),
        ({'load = "case C1"': "load = 3"}, ["load", "expect.partner.records line 1"]),
        ({'load = "case C1"': 'load = "case C1"\nday = "2001-01-01"'}, ["day"]),
        ({'load = "case C1"': 'load = "case C1"\nnumbers = "AA00-0001"'}, ["numbers"]),
        ({'load = "case C1"': 'load = "case C1"\nnumbers = "A#0-##"'}, ["numbers"]),
        ({'load = "case C1"': 'load = "case C1"\nwithout = ["codes.XX"]'}, ["without"]),
        ({'load = "case C1"': 'load = "case C1"\nwithout = ["title.x"]'}, ["without"]),
        ({'load = "case C1"': 'load = "case C1"\nagreements = {}'}, ["agreements", "expect.partner"]),
        ({"[expect.partner]": "[policy.codes]\nX = 'wire'\n[expect.partner]"}, ["policy.codes.X"]),
        ({"[expect.partner]": "[policy]\ncolour = 'red'\n[expect.partner]"}, ["policy.colour"]),
        ({"[expect.partner]": "[agreements.partner]\noffice = 1\n[expect.partner]"}, ["agreements.partner.office"]),
        (
            {"[expect.partner]": "[agreements.partner]\nexpires = 1999-01-01\n[expect.partner]"},
            ["agreements.partner.expires"],
        ),
        ({"[expect.partner]": "[agreements]\npartner = 3\n[expect.partner]"}, ["agreements.partner"]),
        ({"[expect.partner]": "[agreements.a]\n[expect.partner]"}, ["expect.a", "expect.partner"]),
        ({"[expect.partner]": "[expect.partner]\ncases = 'C1'"}, ["expect.partner.cases"]),
        ({'records = "C1"': 'records = """\nC1\nC2"""'}, ["expect.partner.records line 2"]),
        ({'records = "C1"': 'records = "C1 C1"'}, ["expect.partner.records line 1"]),
        ({'records = "C1"': 'links = "C1 -CONTAINS-> D1"'}, ["expect.partner.links line 1"]),
        ({'records = "C1"': 'withheld = "C1"'}, ["expect.partner.withheld line 1"]),
        ({'records = "C1"': 'withheld = "C1 wire"'}, ["expect.partner.withheld line 1"]),
        ({'records = "C1"': 'shown = "C1"'}, ["expect.partner.shown line 1"]),
        ({'records = "C1"': 'shown = "C1 title="'}, ["expect.partner.shown"]),
        ({'records = "C1"': 'records = "C1"\nshown = "C1#title=a title=b"'}, ["expect.partner.shown"]),
        ({'records = "C1"': 'shown = "C1 titel=a"'}, ["expect.partner.shown line 1"]),
        ({'records = "C1"': 'shown = "C1 title=null"'}, ["expect.partner.shown line 1"]),
        ({'records = "C1"': 'shown = """C1 .{"a": 1}"""'}, ["expect.partner.shown line 1"]),
    ],
)  # fmt: skip
def test_each_mistake_is_told_by_its_path(changed: dict[str, str], told: list[str]) -> None:
    text = PLAIN
    for before, after in changed.items():
        assert before in text
        text = text.replace(before, after)
    assert starts(text) == told


def test_mistakes_of_later_steps_are_told_with_those_of_the_first() -> None:
    text = PLAIN.replace("case C1", "case C1 T9").replace('"R1"', "1") + (
        '[[then]]\nwhy = "x"\nload = "frob"\nday = 2001-01-01\n[then.expect.partner]\nrecords = "C9"\n'
        "[[then]]\nhow = 1\n"
    )
    assert starts(text) == [
        "rule",
        "load line 1",
        "then[0].day",
        "then[0].load line 1",
        "then[0].expect.partner.records line 1",
        "then[1].how",
        "then[1].why",
        "then[1].expect",
        "then[1].expect.partner",
    ]


def test_what_is_no_toml_is_told_with_its_line_and_what_is_twice_with_its_path() -> None:
    assert starts("rule = ") == ["not TOML"]
    assert mistakes(PLAIN + '[expect.partner]\nrecords = ""') == [
        "expect.partner: stated a second time in line 8"
    ]


def test_a_policy_can_be_named_and_its_mistakes_are_told() -> None:
    named = PLAIN.replace("load =", 'policy = "p.toml"\nload =')
    text = (worked_example.FOLDER / "policy.toml").read_text(encoding="utf-8")
    assert read(named, **{"p.toml": text.replace('"ice-oi-2009"', '"other"')}).policy.id == "other"
    assert mistakes(named) == ["policy: p.toml: is not there"]
    assert starts(named, **{"p.toml": "id = "}) == ["policy"]
    assert starts(named, **{"p.toml": text.replace('"title_iii"', '"wire"')}) == ["policy.codes.T3"]


def test_an_agreement_can_be_named_and_its_mistakes_are_told() -> None:
    named = PLAIN.replace("[expect.partner]", 'agreements.ndex = "a.toml"\n[expect.ndex]')
    text = (worked_example.FOLDER / "agreements" / "ndex.toml").read_text(encoding="utf-8")
    [(id, agreement)] = read(named, **{"a.toml": text}).agreements.items()
    assert (id, agreement.partner) == ("ndex", "National Data Exchange")
    assert mistakes(named) == ["agreements.ndex: a.toml: is not there"]
    assert starts(named, **{"a.toml": "id = "}) == ["agreements.ndex"]
    assert starts(named, **{"a.toml": text.replace("kinds", "kind")}) == [
        "agreements.ndex.kind",
        "agreements.ndex.kinds",
    ]
    assert mistakes(named, **{"a.toml": text.replace('"ndex"', '"other"')}) == [
        "agreements.ndex: the file has the id other; call it so here"
    ]


def test_a_policy_can_be_changed_in_a_few_keys() -> None:
    changed = 'without = ["implied_citation", "codes.T3"]\nload ='
    table = "[policy.links.NEW]\nfrom = ['case']\nto = ['case']\ncarries = 'both'\nsupports = 'none'\n[expect.partner]"
    policy = read(PLAIN.replace("load =", changed).replace("[expect.partner]", table)).policy
    assert (policy.implied, "T3" in policy.codes, set(policy.links)) == (
        None, False, set(worked_example.policy()["links"]) | {"NEW"},
    )  # fmt: skip
