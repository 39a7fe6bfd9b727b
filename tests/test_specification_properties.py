"""The specification itself on random holdings: R13, and that order and other agreements do not matter."""

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests import specification
from tests.holdings_strategy import World, worlds
from tests.plain_lines import Made, delete
from tests.specification import numbers
from tests.specification.lines import Holdings, held

random = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


def released(world: World, *more: Made, taint: str | None = None) -> dict[str, Any]:
    """What the first agreement may see, with more lines taken and one more id named by a rejected line."""
    tainted = world.tainted | ({taint} if taint else set())
    return specification.release(
        [*world.lines, *more], world.policy, world.agreements[0], world.today, tainted
    )


def claims(release: Mapping[str, Any], world: World) -> set[tuple[Any, ...]]:
    """All that a release says, masks apart: each number in text masked, the number of a record not looked at."""
    patterns = world.policy["identifier_patterns"]

    def plain(value: object) -> object:
        return numbers.masked(value, (), patterns) if isinstance(value, str) else value

    said: set[tuple[Any, ...]] = {("is", ident) for ident in [*release["records"], *release["links"]]}
    for ident, fields in release["fields"].items():
        said |= {(ident, field, plain(value)) for field, value in fields.items() if field != "number"}
    for ident, fields in release["link_fields"].items():
        said |= {(ident, field, plain(value)) for field, value in fields.items() if field != "sources"}
        said |= {(ident, "sources", source) for source in fields["sources"]}
    for ident, name, value, sources in release["property_sources"]:
        key = (ident, "property", plain(name), plain(value))
        said |= {key, *((*key, source) for source in sources)}
    return said


def standing(world: World) -> Holdings:
    return held(world.lines)


@given(worlds())
@random
def test_holdings_cut_down_to_a_release_give_it_again(world: World) -> None:
    question = (world.policy, world.agreements[0], world.today, world.tainted)
    cut = specification.cut_down(world.lines, *question)
    assert specification.release(cut, *question) == released(world)


@given(worlds(), st.data())
@random
def test_one_more_category_never_adds(world: World, data: st.DataObject) -> None:
    holdings = standing(world)
    lines = [*(r.line for r in holdings.records.values() if not r.deleted), *holdings.links.values()]
    coded = [line for line in lines if may_be_coded(line)]
    assume(coded)
    line = data.draw(st.sampled_from(coded))
    code = data.draw(st.sampled_from(["T3", "TAR", "NO SUCH CODE"]))
    more = taken_last({**line, "access_codes": [*line.get("access_codes", []), code]})
    assert claims(released(world, more), world) <= claims(released(world), world)


def may_be_coded(line: Mapping[str, Any]) -> bool:
    """A code is one more category where there are some; the first code of a record takes `uncoded` away."""
    codes = line.get("access_codes", [])
    return isinstance(codes, list) and (codes != [] or line["kind"] == "link")


def taken_last(line: Mapping[str, Any]) -> Made:
    """The line as one that replaces every earlier one of its id."""
    return {field: value for field, value in line.items() if field != "revised"}


@given(worlds(), st.data())
@random
def test_one_more_deleted_record_or_ended_permission_never_adds(world: World, data: st.DataObject) -> None:
    holdings = standing(world)
    idents = [*holdings.records, *holdings.consents, *holdings.clearances]
    gone = delete(data.draw(st.sampled_from(idents)))
    assert claims(released(world, gone), world) <= claims(released(world), world)


@given(worlds(), st.data())
@random
def test_one_more_citation_never_adds(world: World, data: st.DataObject) -> None:
    records = standing(world).records
    documents = [ident for ident, r in records.items() if r.kind == "document" and not r.deleted]
    assume(documents)
    ident = data.draw(st.sampled_from(documents))
    number = data.draw(st.sampled_from(["NY03-0001", "NY03-0002", "LA03-0007", "NY03-0001-001"]))
    line = records[ident].line
    more = taken_last({**line, "title": f"{line.get('title')} ; {number}"})
    after = {said for said in claims(released(world, more), world) if said[:2] != (ident, "title")}
    assert after <= claims(released(world), world)


@given(worlds(), st.data())
@random
def test_one_more_rejected_line_never_adds(world: World, data: st.DataObject) -> None:
    holdings = standing(world)
    idents = [*holdings.records, *holdings.links, *holdings.consents, *holdings.clearances]
    taint = data.draw(st.sampled_from(idents))
    assert claims(released(world, taint=taint), world) <= claims(released(world), world)


@given(worlds(), st.data())
@random
def test_the_order_of_what_is_held_does_not_matter(world: World, data: st.DataObject) -> None:
    holdings = standing(world)
    lines = [r.line for r in holdings.records.values() if not r.deleted]
    lines += [*holdings.links.values(), *holdings.clearances.values(), *holdings.consents.values()]
    question = (world.policy, world.agreements[0], world.today, world.tainted)
    again = data.draw(st.permutations(lines))
    assert specification.release(again, *question) == specification.release(lines, *question)
    assert specification.causes(again, *question) == specification.causes(lines, *question)


@given(worlds())
@random
def test_causes_are_empty_exactly_for_what_is_released(world: World) -> None:
    question = (world.policy, world.agreements[0], world.today, world.tainted)
    found = specification.causes(world.lines, *question)
    assert sorted(ident for ident, reasons in found.items() if not reasons) == released(world)["records"]
