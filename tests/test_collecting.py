"""A View is not looked at by the collector of cycles, and goes at once when it is let go of."""

import gc
import weakref

import pytest

from graph.view import View
from server.collecting import meanwhile_uncollected, uncollected
from tests.partner_world import release


def test_what_was_made_meanwhile_is_not_looked_at_and_goes_without_the_collector() -> None:
    frozen = gc.get_freeze_count()
    with uncollected():
        made = View(release())
        running = gc.isenabled()
    gone = weakref.ref(made)
    assert (running, gc.isenabled(), gc.get_freeze_count() > frozen) == (False, True, True)
    gc.disable()
    try:
        del made
        assert gone() is None
    finally:
        gc.enable()


def test_the_collector_goes_on_where_making_fails() -> None:
    with pytest.raises(ValueError, match=r"^no$"), uncollected():
        raise ValueError("no")
    assert gc.isenabled()


def test_what_is_only_meanwhile_not_looked_at_is_looked_at_again() -> None:
    frozen = gc.get_freeze_count()
    with meanwhile_uncollected():
        with meanwhile_uncollected():
            pass
        assert not gc.isenabled()
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, frozen)
