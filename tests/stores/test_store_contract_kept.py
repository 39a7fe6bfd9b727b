"""What every store of holdings promises of what a publisher keeps beside the entries (graph/store.py, Keeping)."""

from collections.abc import Iterator

import pytest

from graph.model import Entry, EntryId, Kind
from graph.store import Batch, Keeping, StoredHoldings, Taint
from graph.stores import bolt_kept, sqlite_kept
from graph.written import latest, since
from tests import memory_holdings
from tests.store_contract import HoldingsPlace, deleted, entry, link, put


def keep(
    holdings: StoredHoldings, *terms: tuple[str, str], account: str | None = "first", **standings: bytes
) -> None:
    """Keep standings by id, and pairs of a term and an id."""
    holdings.keep(
        Keeping(
            standings=[(EntryId(id.replace("_", "-")), body) for id, body in standings.items()],
            terms=[(term, EntryId(id)) for term, id in terms],
            account=account,
        )
    )


def stood(holdings: StoredHoldings, *ids: str) -> dict[EntryId, bytes]:
    return holdings.standings(map(EntryId, ids))


def test_what_is_written_is_noted_with_what_is_tainted_and_what_no_more_is(
    holdings_place: HoldingsPlace, holdings: StoredHoldings
) -> None:
    assert holdings.written() is None
    put(holdings, entry("C-1"), entry("C-2"))
    first = latest(holdings.written())
    taint = Taint(EntryId("C-2"), "by")
    told = []
    for batch in (
        Batch(puts=[entry("C-1"), link("L-1", "C-1", "C-2")]),
        Batch(taints=[taint]),
        Batch(memory={"name": "text"}, lifted=["nothing"]),
        Batch(lifted=["by"]),
    ):
        before = latest(holdings.written())
        holdings.take(batch)
        with holdings_place.open() as other:
            told.append(since(other.written(), before))
    assert told == [{"C-1", "L-1"}, {"C-2"}, set(), {"C-2"}]
    assert since(holdings.written(), first) == {"C-1", "C-2", "L-1"}


def test_a_new_store_keeps_nothing(holdings: StoredHoldings) -> None:
    told = holdings.account(), holdings.changed(), stood(holdings, "C-1"), holdings.found(["n:1"])
    assert (told, holdings.found_from(["n"])) == ((None, {}, {}, {}), {})


def test_what_is_kept_is_found_by_id_and_term(
    holdings_place: HoldingsPlace, holdings: StoredHoldings
) -> None:
    put(holdings, entry("C-1"), entry("C-2"))
    keep(holdings, ("n:NY-1", "C-1"), ("n:NY-10", "C-2"), ("n:NY-1", "C-2"), C_1=b"\0one", C_2=b"")
    with holdings_place.open() as other:
        assert other.account() == "first"
        assert stood(other, "C-1", "C-2", "C-3") == {"C-1": b"\0one", "C-2": b""}
        assert other.found(["n:NY-1", "n:NY-10", "n:NY"]) == {"n:NY-1": {"C-1", "C-2"}, "n:NY-10": {"C-2"}}
        assert other.found_from(["n:NY-10", "n:NY-1", "n:X"]) == {
            "n:NY-10": {"C-2"},
            "n:NY-1": {"C-1", "C-2"},
        }


@pytest.mark.parametrize("text", ["", "\U0010ffff", "\ud7ff\U0010ffff", "a\0b", "é", "'%_*"])
def test_terms_are_found_by_any_beginning(holdings: StoredHoldings, text: str) -> None:
    put(holdings, entry("C-1"), entry("C-2"))
    keep(holdings, (f"n:{text}", "C-1"), (f"n:{text}\U0010ffffz", "C-2"), ("o:", "C-1"))
    assert holdings.found_from([f"n:{text}"]) == {f"n:{text}": {"C-1", "C-2"}}


def test_what_is_kept_again_takes_the_place_of_what_was(holdings: StoredHoldings) -> None:
    keep(holdings, ("n:1", "C-1"), ("n:2", "C-1"), C_1=b"old", C_2=b"old")
    holdings.keep(
        Keeping(
            standings=[(EntryId("C-1"), b"new")],
            gone=[("n:1", EntryId("C-1")), ("n:9", EntryId("C-9"))],
            terms=[("n:2", EntryId("C-1")), ("n:3", EntryId("C-1"))],
            account="second",
        )
    )
    assert (holdings.account(), stood(holdings, "C-1", "C-2")) == ("second", {"C-1": b"new", "C-2": b"old"})
    assert holdings.found(["n:1", "n:2", "n:3"]) == {"n:2": {"C-1"}, "n:3": {"C-1"}}


def test_links_are_found_by_their_ends(holdings: StoredHoldings) -> None:
    put(holdings, entry("C-1"), link("L-1", "C-1", "D-NEVER"), link("L-2", "C-1", "C-1"))
    keep(holdings)
    assert holdings.found(["e:C-1", "e:D-NEVER", "e:L-1"]) == {"e:C-1": {"L-1", "L-2"}, "e:D-NEVER": {"L-1"}}


def test_links_are_found_by_their_ends_as_they_are_now(holdings: StoredHoldings) -> None:
    put(holdings, link("L-1", "C-1", "D-1"), link("L-2", "C-1", "D-1"), link("L-3", "D-1", "C-1"))
    keep(holdings)
    put(holdings, link("L-1", "C-1", "D-2"), deleted("L-2", Kind.LINK), link("L-4", "D-2", "C-1"))
    assert holdings.found(["e:C-1", "e:D-1", "e:D-2"]) == {
        "e:C-1": {"L-1", "L-3", "L-4"},
        "e:D-1": {"L-3"},
        "e:D-2": {"L-1", "L-4"},
    }
    holdings.forget()
    assert holdings.found(["e:D-2"]) == {"e:D-2": {"L-1", "L-4"}}


def test_all_that_is_kept_is_told_whatever_comes_at_once(
    holdings: StoredHoldings, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = [("n:1", "C-1"), *(("s:D-1", f"L-{number}") for number in range(5)), ("s:D-2", "L-3")]
    keep(holdings, *terms, C_1=b"\0one", C_2=b"", D_1=b"two")
    for at_once in (1, 2, 7, 1_000):
        monkeypatch.setattr(bolt_kept, "_READ_AT_ONCE", at_once)
        assert sorted(holdings.every_term()) == terms
        assert sorted(holdings.every_standing()) == [("C-1", b"\0one"), ("C-2", b""), ("D-1", b"two")]
    holdings.forget()
    assert (list(holdings.every_term()), list(holdings.every_standing())) == ([], [])


def test_every_link_is_told_with_its_ends_as_they_are_now(
    holdings: StoredHoldings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(holdings, entry("C-1"), *(link(f"L-{number}", "C-1", "D-NEVER") for number in range(4)))
    put(holdings, link("L-5", "D-NEVER", "C-1"), link("L-6", "C-1", "C-1"), link("L-7", "C-1", "L-6"))
    put(holdings, link("L-1", "C-2", "C-1"), deleted("L-2", Kind.LINK))
    ties = [
        *(("L-0", "C-1", "D-NEVER"), ("L-1", "C-2", "C-1"), ("L-3", "C-1", "D-NEVER")),
        *(("L-5", "D-NEVER", "C-1"), ("L-6", "C-1", "C-1"), ("L-7", "C-1", "L-6")),
    ]
    for at_once, few in ((1, 0), (2, 1), (100, 3), (100, 100)):
        monkeypatch.setattr(bolt_kept, "_HEADS_AT_ONCE", at_once)
        monkeypatch.setattr(bolt_kept, "_FEW_TIES", few)
        assert sorted(holdings.every_tie()) == ties


def test_nothing_is_noted_without_an_account(holdings: StoredHoldings) -> None:
    put(holdings, entry("C-1"))
    keep(holdings, account=None, C_1=b"")
    put(holdings, entry("C-1", title="New"))
    assert holdings.changed() == {}


def test_what_an_id_had_first_is_noted(holdings_place: HoldingsPlace, holdings: StoredHoldings) -> None:
    first = [entry("C-1", revised="2004-01-01T00:00:00Z", title="Ünïcödé"), link("L-1", "C-1", "D-1")]
    put(holdings, *first, deleted("D-1", Kind.DOCUMENT), entry("C-9"))
    keep(holdings)
    put(holdings, entry("C-1", title="Second"), entry("C-2"), deleted("L-1", Kind.LINK))
    put(holdings, entry("C-1", title="Third"), entry("C-2", title="New"), entry("D-1", Kind.DOCUMENT))
    before = {"C-1": first[0], "C-2": None, "L-1": first[1], "D-1": deleted("D-1", Kind.DOCUMENT)}
    with holdings_place.open() as other:
        assert other.changed() == before


def test_a_taint_that_is_put_or_lifted_is_noted(holdings: StoredHoldings) -> None:
    put(holdings, entry("C-1"), entry("C-2"), entry("C-3"))
    holdings.take(Batch(taints=[Taint(EntryId("C-1"), "C-1"), Taint(EntryId("C-2"), "file:a")]))
    keep(holdings)
    holdings.take(Batch(lifted=["file:a"], taints=[Taint(EntryId("C-3"), "C-3"), Taint(EntryId("C-9"), "x")]))
    tainted = Entry(EntryId("C-2"), Kind.CASE, entry("C-2").line, tainted=True)
    assert holdings.changed() == {"C-2": tainted, "C-3": entry("C-3"), "C-9": None}


def test_an_account_is_done_with_what_was_noted(holdings: StoredHoldings) -> None:
    keep(holdings)
    put(holdings, entry("C-1"))
    keep(holdings, account=None)
    assert holdings.changed() == {"C-1": None}
    keep(holdings, account="second")
    put(holdings, entry("C-2"))
    assert holdings.changed() == {"C-2": None}


def test_what_is_forgotten_is_gone(holdings: StoredHoldings) -> None:
    put(holdings, entry("C-1"))
    keep(holdings, ("n:1", "C-1"), C_1=b"")
    put(holdings, entry("C-1", title="New"))
    holdings.forget()
    told = holdings.account(), holdings.changed(), stood(holdings, "C-1"), holdings.found(["n:1"])
    assert told == (None, {}, {}, {})
    put(holdings, entry("C-2"))
    assert holdings.changed() == {}
    keep(holdings, ("n:1", "C-2"), C_2=b"")
    assert (holdings.account(), holdings.found(["n:1"])) == ("first", {"n:1": {"C-2"}})


def test_too_many_changes_leave_no_account(holdings: StoredHoldings, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (memory_holdings, sqlite_kept, bolt_kept):
        monkeypatch.setattr(module, "MOST_CHANGED", 2)
    keep(holdings)
    put(holdings, entry("C-1"), entry("C-2"))
    assert holdings.account() == "first"
    put(holdings, entry("C-3"))
    assert holdings.account() is None
    holdings.forget()
    keep(holdings, account="second")
    assert (holdings.account(), holdings.changed()) == ("second", {})


def test_half_of_what_is_kept_is_nothing(holdings: StoredHoldings) -> None:
    def failing() -> Iterator[tuple[EntryId, bytes]]:
        yield EntryId("C-1"), b""
        raise RuntimeError("half-way")

    keep(holdings, C_1=b"old")
    put(holdings, entry("C-1"))
    with pytest.raises(RuntimeError):
        holdings.keep(Keeping(terms=[("n:1", EntryId("C-1"))], standings=failing(), account="second"))
    assert (holdings.account(), holdings.changed()) == ("first", {"C-1": None})
    assert (stood(holdings, "C-1"), holdings.found(["n:1"])) == ({"C-1": b"old"}, {})


def test_entries_are_written_beside_while_they_are_read(holdings: StoredHoldings) -> None:
    put(holdings, entry("C-1"), entry("C-2"))
    for read in holdings.entries():
        holdings.keep(Keeping(terms=[("n:1", read.id)]))
    keep(holdings)
    assert holdings.found(["n:1"]) == {"n:1": {"C-1", "C-2"}}
