"""The examples in docstrings are what comes of them."""

import doctest
import pkgutil
from importlib import import_module

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
RUN = {name: doctest.testmod(import_module(name)) for name in MODULES}


def test_some_docstrings_have_examples() -> None:
    assert sum(of.attempted for of in RUN.values()) > 30


@pytest.mark.parametrize("name", [name for name in MODULES if RUN[name].attempted])
def test_the_examples_of_a_module_hold(name: str) -> None:
    assert RUN[name].failed == 0
