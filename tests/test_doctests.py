"""The examples in docstrings are what comes of them."""

import doctest
import pkgutil
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

import graph
import loaders
import schema
import server

MODULES = sorted(
    module.name
    for package in (graph, loaders, schema, server)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
)


def has_examples(name: str) -> bool:
    """Whether a module's text has any; it is not run for that."""
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return ">>> " in Path(spec.origin).read_text(encoding="utf-8")


WITH_EXAMPLES = [name for name in MODULES if has_examples(name)]


def test_some_docstrings_have_examples() -> None:
    assert len(WITH_EXAMPLES) > 30


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    told = doctest.testmod(import_module(name))
    assert (told.failed, told.attempted > 0) == (0, True)
