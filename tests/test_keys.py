"""Keyed names: the same keys give the same ids and versions; without them nobody makes or undoes one (DESIGN 6)."""

import re

from graph.keys import ReleaseKeys, naming, total, version
from graph.model import AgreementId, EntryId, OpaqueId
from graph.release import Content, ReleasedCase, ReleasedLink
from tests.building import COUNTY, KEYS, NDEX
from tests.test_meet import content

IDS = [
    EntryId(id) for id in ("C-1", "C-2", "c-1", "C-1 ", "", "implied:D-1:D-2", "é", "e\u0301", "x" * 2_000)
]
OTHER_KEYS = ReleaseKeys(naming=b"m" * 32, version=b"w" * 32)
CASE = ReleasedCase(OpaqueId("c1"), "NY03-0001", title="Freight")


def names(keys: ReleaseKeys = KEYS, agreement: AgreementId = NDEX) -> list[OpaqueId]:
    """The opaque ids of IDS under one agreement."""
    return [naming(keys, agreement)(id) for id in IDS]


def named(shown: Content, agreement: AgreementId = NDEX, keys: ReleaseKeys = KEYS) -> str:
    return version(agreement, total(shown, keys.version), (), keys.version)


def test_the_same_keys_give_the_same_ids() -> None:
    assert names() == names(ReleaseKeys(b"n" * 32, b"any other" * 3))


def test_every_id_has_another_name_under_every_agreement_and_key() -> None:
    # "ndex" and "C-1" must not be mixed up with "nde" and "xC-1".
    every = [*names(), *names(agreement=COUNTY), *names(OTHER_KEYS), *names(agreement=AgreementId("nde"))]
    every.append(naming(KEYS, AgreementId("nde"))(EntryId("xC-1")))
    assert len(set(every)) == len(every) == 4 * len(IDS) + 1


def test_a_name_is_128_bits_in_hex_whatever_the_id() -> None:
    assert [re.fullmatch("[0-9a-f]{32}", name) is not None for name in names()] == [True] * len(IDS)


def test_equal_content_has_one_version_in_whatever_order_it_was_put_together() -> None:
    link = ReleasedLink(id=OpaqueId("l1"), type="RELATED_TO", head=CASE.id, tail=CASE.id)
    other = ReleasedCase(OpaqueId("c2"), "NY03-0002")
    assert named(content(CASE, other, link)) == named(content(link, other, CASE))


def test_every_difference_is_another_version() -> None:
    link = ReleasedLink(id=OpaqueId("l1"), type="RELATED_TO", head=CASE.id, tail=CASE.id)
    differing: list[Content] = [
        content(),
        content(CASE),
        content(CASE, link),
        content(ReleasedCase(CASE.id, "NY03-0001")),
        content(ReleasedCase(CASE.id, "NY03-0001", title="")),
        content(ReleasedCase(CASE.id, "NY03-0001", synopsis="Freight")),
        content(CASE, ReleasedLink(id=link.id, type=link.type, head=CASE.id, tail=CASE.id, role="")),
    ]
    versions = list(map(named, differing))
    versions += [
        named(content(CASE), COUNTY),
        named(content(), COUNTY),
        named(content(CASE), keys=OTHER_KEYS),
    ]
    assert len(set(versions)) == len(versions)


def test_the_sum_can_be_kept_up_to_date_by_adding_and_subtracting() -> None:
    other = ReleasedCase(OpaqueId("c2"), "NY03-0002")
    one, two = total(content(CASE), KEYS.version), total(content(other), KEYS.version)
    assert (total(content(CASE, other), KEYS.version) - two) % 2**256 == one
    assert total(content(), KEYS.version) == 0
