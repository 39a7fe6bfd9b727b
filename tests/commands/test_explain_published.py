"""What is explained may not be published yet, or still: the explanation says so, and what it waits for."""

from tests.command_line import Desk
from tests.plain_lines import case, document, link, prop, subject

WAITS = "The partner does not have it yet; `caselink publish` adds it."
HELD_BACK = "The partner does not have it yet: it is held back; `caselink rejects list` says by what."
STILL = "The partner still has it, as published; the next load or `caselink publish` withdraws it."


def told(desk: Desk, id: str) -> tuple[str, bool, bool | None]:
    """The last line of an explanation, whether the rules release it, and whether it is published."""
    explained = desk.done("explain", id, "--agreement", "ndex")
    told = desk.done("explain", id, "--agreement", "ndex", "--json").json()
    return explained.out.splitlines()[-1], told["released"], told["published"]


def test_what_is_released_waits_for_a_publication_and_what_was_published_is_not_spoken_of(desk: Desk) -> None:
    desk.load(
        case("C-1", "NY03-0001"), document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1")
    )
    assert [told(desk, id) for id in ("C-1", "L-1")] == [(WAITS, True, False)] * 2
    desk.done("publish")
    assert [told(desk, id)[1:] for id in ("C-1", "L-1")] == [(True, True)] * 2
    assert told(desk, "C-1")[0] == "A record of its kind needs no support (R7)."


def test_rejected_lines_hold_it_back(desk: Desk) -> None:
    bad = desk.file("bad.jsonl")
    bad.write_text("no line\n")
    desk.run("load", bad)
    desk.load(case("C-1", "NY03-0001"))
    desk.done("publish")
    assert told(desk, "C-1") == (HELD_BACK, True, False)


def test_what_the_rules_withhold_by_now_may_still_be_published(desk: Desk) -> None:
    desk.load(case("C-1", "NY03-0001"))
    desk.done("publish")
    file = desk.home / "agreements" / "ndex.toml"
    file.write_text(file.read_text().replace("# suspended = true", "suspended = true"))
    assert told(desk, "C-1") == (STILL, False, True)
    desk.done("publish")
    assert told(desk, "C-1")[1:] == (False, False)


def test_a_property_has_no_id_by_which_it_could_be_found(desk: Desk) -> None:
    desk.load(subject("S-1", prop("name", "Ann Poe")))
    assert told(desk, "S-1#name=Ann Poe")[1:] == (False, None)
