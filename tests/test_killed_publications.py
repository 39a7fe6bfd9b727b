"""A publication that is killed leaves releases that are safe, and the next one finishes its work (DESIGN 4)."""

from collections.abc import Callable

import pytest

from graph.meet import meet
from graph.release import Content, Header
from graph.release_store import Change, nothing
from tests.building import Agency, agreement, moment, rules
from tests.memory_releases import MemoryReleases
from tests.plain_lines import case, document, link

IDS = ("county", "ndex", "third")
C1, C2, C3 = (case(f"C-{n}", f"NY03-000{n}", synopsis="See NY03-0002.") for n in (1, 2, 3))
BEFORE = [C1, C2, document("D-1", "NY03-0001-001"), link("L-1", "C-1", "CONTAINS", "D-1")]
AFTER = [C2 | {"access_codes": ["T3"]}, C3]
WITHHELD_NOW = {"C-2"}


class Killed(BaseException):
    """Nothing that a publication could catch and go on."""


class DyingReleases(MemoryReleases):
    """Releases whose process is killed as it changes one for the nth time, just before or just after it is done."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 0
        self.after_writing = False

    def apply(self, header: Header, change: Change, handed_over: Callable[[], None] = nothing) -> None:
        self.left -= 1
        if self.left == 0 and not self.after_writing:
            raise Killed
        super().apply(header, change, handed_over)
        if self.left == 0:
            raise Killed


def loaded() -> tuple[Agency, DyingReleases]:
    """An agency with three agreements that has published BEFORE and loaded AFTER."""
    releases = DyingReleases()
    made = Agency(rules(*map(agreement, IDS)), releases=releases)
    made.load(*BEFORE)
    made.publish()
    made.load(*AFTER)
    made.now = moment(minute="2026-11-24T10:00:00Z")
    return made, releases


def contents(made: Agency) -> dict[str, Content]:
    return {id: made.content(id) for id in IDS}


@pytest.mark.parametrize("after_writing", [False, True], ids=["before it is written", "after it is written"])
@pytest.mark.parametrize("dies_at", [1, 2, 3])
@pytest.mark.parametrize("restricting", [False, True], ids=["publishing", "restricting"])
def test_each_release_is_old_or_restricted_or_new_and_running_it_again_gives_the_new_ones(
    dies_at: int, after_writing: bool, restricting: bool
) -> None:
    whole, _ = loaded()
    before = contents(whole)
    made, releases = loaded()
    releases.left, releases.after_writing = dies_at, after_writing
    for agency in (whole, made):
        run = agency.restrict if restricting else agency.publish
        try:
            run()
        except Killed:
            assert agency is made
    for id, content in contents(made).items():
        new = whole.content(id)
        assert content in (before[id], meet(before[id], new, made.rules.policy.patterns), new)
    (made.restrict if restricting else made.publish)()
    assert contents(made) == contents(whole)
    assert made.releases.headers() == whole.releases.headers()
    assert [made.seen(id) & WITHHELD_NOW for id in IDS] == [set()] * 3


def test_a_publication_that_was_killed_is_not_asked_about_again() -> None:
    made, releases = loaded()
    releases.left, releases.after_writing = 3, True
    with pytest.raises(Killed):
        made.publish()
    planned = made.publisher.plan(made.rules, made.now, list(made.rules.agreements))
    assert [plan.publication.rules_changed for plan in planned] == [False] * 3
