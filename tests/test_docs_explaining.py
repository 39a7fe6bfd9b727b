"""What docs/explaining.md says is so: its examples, its keys, its grounds, its limits."""

import pytest

from graph.explaining.causes import Ground
from graph.explaining.text import verdict_lines
from graph.explaining.tracing import MOST_STEPS
from server.commands.explain_json import verdict_json
from tests.documentation import Page, code
from tests.explaining import why

PAGE = Page.of("docs/explaining.md")


@pytest.mark.parametrize(("part", "asked"), [("## Why not", "D-3"), ("## Why released", "D-13")])
def test_the_examples_are_what_is_printed(part: str, asked: str) -> None:
    assert PAGE.part(part).examples("") == ["\n".join(verdict_lines(why(asked))) + "\n"]


def test_every_key_and_every_ground_is_told() -> None:
    keys, cause, step, grounds = (
        [key for cells in table for key in code(cells[0])] for table in PAGE.part("## JSON").tables()
    )
    told = verdict_json(why("D-3"))
    causes = told["causes"]
    assert isinstance(causes, list)
    first = causes[0]
    assert (keys, cause, step) == (list(told), list(first), list(first["chain"][0]))
    assert grounds == [ground.value for ground in Ground]


def test_the_limit_of_all_chains_is_told() -> None:
    assert f"more than {MOST_STEPS:,} links" in " ".join(PAGE.part("## JSON").text.split())
