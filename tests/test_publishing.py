"""Publishing makes each release what the rules say, additions included (DESIGN 4): counts, versions, times, order."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.keys import ReleaseKeys
from graph.model import AgreementId
from graph.planning import Publication
from graph.release import Content, Header
from graph.release_store import Change, nothing
from graph.stores.sqlite_holdings import open_holdings
from graph.stores.sqlite_releases import open_releases
from tests import worked_example
from tests.building import COUNTY, KEYS, NDEX, Agency, agreement, moment, policy, rules
from tests.memory_releases import MARK, MemoryReleases
from tests.plain_lines import Made, case, delete, document, link
from tests.test_loading import kept_in_order

C1, C2, C3 = (case(f"C-{n}", f"NY03-000{n}") for n in (1, 2, 3))
D1 = document("D-1", "NY03-0001-001")
IN_C1 = link("L-1", "C-1", "CONTAINS", "D-1")
WIRE = {"access_codes": ["T3"]}


def two() -> Agency:
    """An agency with two agreements that see the same."""
    return Agency(rules(agreement("ndex"), agreement("county")))


def counts(publication: Publication) -> tuple[int, ...]:
    """Records added, updated, withdrawn; links added, updated, withdrawn."""
    records = (publication.added, publication.updated, publication.withdrawn)
    return (*records, publication.links_added, publication.links_updated, publication.links_withdrawn)


def test_it_tells_what_is_added_updated_and_withdrawn() -> None:
    made = Agency()
    made.load(C1, C2, D1, IN_C1)
    assert list(map(counts, made.publish())) == [(3, 0, 0, 1, 0, 0)]
    made.load(C1 | {"title": "Changed"}, C2 | WIRE, C3, IN_C1 | {"role": "within"})
    [publication] = made.publish()
    assert counts(publication) == (1, 1, 1, 0, 1, 0)
    assert (publication.records, publication.links, publication.withheld) == (3, 1, {"title_iii": 1})
    assert list(map(counts, made.publish())) == [(0, 0, 0, 0, 0, 0)]


def test_it_tells_what_is_withheld_by_reason_each_record_under_all_of_its_reasons() -> None:
    made = Agency()
    made.load(
        *[C1, C2 | WIRE | {"prepared": "1999-12-31"}, C3, delete("C-3"), D1],
        link("L-NEVER", "D-1", "CITES", "D-NEVER"),
    )
    [publication] = made.publish()
    assert publication.withheld == {
        **{"title_iii": 1, "uncoded": 1, "deleted": 1, "date": 2, "approval": 1},
    }


def test_one_agreement_may_be_published_and_the_others_only_lose() -> None:
    made = two()
    made.load(C1, C2)
    made.publish()
    made.load(C2 | WIRE, C3)
    assert [counts(each) for each in made.publish("ndex")] == [(1, 0, 1, 0, 0, 0), (0, 0, 1, 0, 0, 0)]
    assert (made.seen("ndex"), made.seen("county")) == ({"C-1", "C-3"}, {"C-1"})


def test_an_agreement_that_is_not_asked_for_and_was_never_published_stays_unpublished() -> None:
    made = two()
    made.load(C1)
    assert [each.agreement for each in made.publish("county")] == [COUNTY]
    assert set(made.releases.headers()) == {COUNTY}


def test_what_one_partner_sees_does_not_depend_on_the_other_agreement() -> None:
    alone, beside = (
        Agency(),
        Agency(rules(agreement("ndex"), agreement("county", kinds=["case"], offices=["X"]))),
    )
    for made in (alone, beside):
        made.load(*worked_example.lines())
        made.publish()
    assert beside.content("ndex") == alone.content("ndex")
    assert beside.header("ndex") == alone.header("ndex")
    assert beside.content("county") == Content()


def test_an_agreement_that_is_no_longer_on_file_loses_its_release_whole() -> None:
    made = two()
    made.load(C1)
    made.publish()
    made.rules = rules(agreement("ndex"))
    assert made.publisher.drop_unknown(made.rules) == [COUNTY]
    assert set(made.releases.headers()) == {NDEX}
    assert made.publisher.drop_unknown(made.rules) == []


# --- order ---


@dataclass
class WatchedReleases(MemoryReleases):
    """Releases that tell in which order what is withdrawn and added."""

    told: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def apply(self, header: Header, change: Change, handed_over: Callable[[], None] = nothing) -> None:
        shown = {record.id for record in change.records} | {link.id for link in change.links}
        old = self.read(header.agreement)
        known = set() if old is None else {*old.content.records, *old.content.links}
        self.told += [("withdraws", header.agreement)] if change.gone_records or change.gone_links else []
        self.told += [("adds", header.agreement)] if shown - known else []
        super().apply(header, change, handed_over)


def test_withdrawals_of_all_agreements_come_before_the_additions_of_any() -> None:
    watched = WatchedReleases()
    made = Agency(rules(agreement("ndex"), agreement("county"), agreement("third")), releases=watched)
    made.load(C1, C2)
    made.publish()
    watched.told.clear()
    made.load(C2 | WIRE, C3)
    made.publish("ndex", "county")
    verbs = [verb for verb, _ in watched.told]
    assert sorted(watched.told) == [
        *[("adds", COUNTY), ("adds", NDEX)],
        *[("withdraws", COUNTY), ("withdraws", NDEX), ("withdraws", AgreementId("third"))],
    ]
    assert verbs == sorted(verbs, reverse=True)


# --- when it was published ---


def test_the_time_is_when_this_content_last_became_current() -> None:
    made = Agency()
    steps: Sequence[tuple[Made, str, str]] = [
        (C1, "2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z"),
        (C1, "2026-11-24T10:00:00Z", "2026-11-24T09:00:00Z"),
        (C1 | {"title": "Changed"}, "2026-11-24T11:00:00Z", "2026-11-24T11:00:00Z"),
        (C1, "2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z"),
        (C1 | {"remark": "not shown"}, "2026-11-24T13:00:00Z", "2026-11-24T12:00:00Z"),
    ]
    told = []
    for line, minute, _ in steps:
        made.load(line)
        made.now = moment(minute=minute)
        made.publish()
        told.append(made.header().published_at)
    assert told == [at for _, _, at in steps]


# --- versions ---


def version(
    *lines: Made, keys: ReleaseKeys = KEYS, id: str = "ndex", at: str = "2026-11-24T09:00:00Z"
) -> str:
    made = Agency(rules(agreement(id)), keys=keys, now=moment(minute=at))
    made.load(*lines)
    made.publish()
    return made.header(id).version


def test_equal_content_has_an_equal_version_whatever_else_is_held_and_whenever_it_is_published() -> None:
    plain = version(C1, D1, IN_C1)
    assert version(IN_C1, D1, C1) == plain
    assert version(C1 | {"remark": "x"}, D1, IN_C1, C2 | WIRE) == plain
    assert version(C1, D1, IN_C1, at="2027-01-01T00:00:00Z") == plain


def test_another_content_agreement_or_key_has_another_version() -> None:
    plain = version(C1, D1, IN_C1)
    others = [
        *[version(), version(C1), version(C1, D1, IN_C1, C2), version(C1 | {"title": "x"}, D1, IN_C1)],
        *[version(C1, D1, IN_C1 | {"role": "x"}), version(C1, D1, IN_C1 | {"id": "L-2"})],
        *[version(C1, D1, IN_C1, id="county"), version(id="county")],
        *[version(C1, D1, IN_C1, keys=ReleaseKeys(KEYS.naming, b"w" * 32))],
        *[version(C1, D1, IN_C1, keys=ReleaseKeys(b"m" * 32, KEYS.version))],
    ]
    assert len({plain, *others}) == 1 + len(others)


@pytest.mark.parametrize("seed", range(3))
def test_a_version_is_the_same_from_every_store_and_every_order_of_loading(tmp_path: Path, seed: int) -> None:
    lines = worked_example.lines()
    random.Random(seed).shuffle(lines)
    under = policy()
    both = rules(agreement("ndex", under), agreement("county", under, kinds=["case"]), under=under)
    in_memory = Agency(both)
    in_memory.load(*worked_example.lines())
    in_memory.publish()
    with (
        open_holdings(tmp_path / "h.sqlite") as holdings,
        open_releases(tmp_path / "r.sqlite", MARK) as releases,
    ):
        on_disk = Agency(both, holdings, releases)
        for place, line in enumerate(kept_in_order(lines)[:20]):
            on_disk.load(line, path=f"{place}.jsonl")
        on_disk.publish("county")
        on_disk.load(*kept_in_order(lines)[20:])
        on_disk.publish()
        for id in (NDEX, COUNTY):
            assert on_disk.content(id) == in_memory.content(id)
            assert on_disk.header(id) == in_memory.header(id)
