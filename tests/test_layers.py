"""The layers: import-linter's contracts hold for this tree, and each refuses what it is there to refuse."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import graph
import loaders
import schema
import server

ROOT = Path(__file__).parents[1]
PACKAGES = (graph, schema, server, loaders)

LAYERS = "server -> schema | loaders -> graph"
DRIVER = "the Neo4j driver is imported by graph.stores alone"
PARTNER = "the partner's schema reaches a View and nothing else"
EXPLAINING = "inside explaining: a verdict -> what is asked about -> its causes"
DOMAIN = "inside the domain: stores -> publish -> release -> rules -> model"
OFFICERS = "inside the office's domain: telling | desk -> audience -> survey"
OFFICE = "the partner's schema knows nothing of the office's"
PORT = "what serves partners reaches nothing of the office"
ALL_KEPT = dict.fromkeys((LAYERS, DOMAIN, EXPLAINING, OFFICERS, DRIVER, PARTNER, OFFICE, PORT), "KEPT")

OF_THE_OFFICE = (
    "schema/office/query.py",
    "server/office/app.py",
    "server/office/process.py",
    "graph/office/audience.py",
    "graph/office/desk.py",
    "graph/explaining/explain.py",
    "graph/review/reviewing.py",
    "graph/office/survey.py",
)


def verdicts_on(tree: Path) -> dict[str, str]:
    """KEPT or BROKEN, by the contract's name: what import-linter says of the packages in a folder."""
    linter = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", linter.stdout, flags=re.MULTILINE))


def small_tree(folder: Path, modules: dict[str, str]) -> Path:
    """A tree of the four packages with these modules and our contracts."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in (
        *("graph", "graph/explaining", "graph/office", "graph/review", "graph/stores"),
        *("schema", "schema/office", "server", "server/office", "server/partner", "loaders"),
    ):
        (folder / package).mkdir(parents=True, exist_ok=True)
        (folder / package / "__init__.py").touch()
    partners = (
        "graph/view.py",
        "graph/release.py",
        "graph/store.py",
        "graph/release_store.py",
        "graph/keys.py",
        "server/partner/app.py",
        "server/partner/process.py",
    )
    for module in (*partners, *OF_THE_OFFICE):
        (folder / module).touch()
    for module, text in modules.items():
        (folder / module).write_text(text)
    return folder


def test_the_import_names_are_ours_and_not_those_of_another_package() -> None:
    assert [package.__file__ for package in PACKAGES] == [
        str(ROOT / package.__name__ / "__init__.py") for package in PACKAGES
    ]


def test_every_layer_contract_holds() -> None:
    assert verdicts_on(ROOT) == ALL_KEPT


def test_the_wiring_that_the_design_draws_is_allowed(tmp_path: Path) -> None:
    tree = small_tree(
        tmp_path,
        {
            "graph/stores/bolt.py": "import neo4j\nimport graph.store\n",
            "schema/query.py": "from graph import release, view\n",
            "loaders/lines.py": "import graph.store\n",
            "server/app.py": "import graph.stores.bolt\nimport schema.query\nimport loaders.lines\n",
        },
    )

    assert verdicts_on(tree) == ALL_KEPT


@pytest.mark.parametrize(
    ("module", "forbidden", "broken"),
    [
        ("graph/release.py", "schema", LAYERS),
        ("graph/release.py", "graph.stores", DOMAIN),
        ("graph/explaining/causes.py", "graph.explaining.explain", EXPLAINING),
        ("graph/office/survey.py", "graph.office.audience", OFFICERS),
        ("graph/store.py", "loaders", LAYERS),
        ("schema/query.py", "server", LAYERS),
        ("loaders/lines.py", "schema", LAYERS),
        ("graph/store.py", "neo4j", DRIVER),
        ("server/app.py", "neo4j.exceptions", DRIVER),
        ("schema/query.py", "graph.store", PARTNER),
        ("schema/query.py", "graph.release_store", PARTNER),
        ("schema/query.py", "graph.stores", PARTNER),
        ("schema/query.py", "graph.keys", PARTNER),
        ("schema/query.py", "schema.office.query", OFFICE),
        ("server/partner/process.py", "schema.office.query", PORT),
        ("server/partner/process.py", "server.office.endpoint", PORT),
        ("server/partner/process.py", "server.office.process", PORT),
    ],
)
def test_an_import_across_a_border_breaks_its_contract(
    tmp_path: Path, module: str, forbidden: str, broken: str
) -> None:
    tree = small_tree(tmp_path, {module: f"import {forbidden}\n"})

    assert verdicts_on(tree) == ALL_KEPT | {broken: "BROKEN"}


def test_what_serves_partners_reaches_nothing_of_the_office_by_another_module_either(tmp_path: Path) -> None:
    by_another = {
        "server/partner/process.py": "import server.partner.app\n",
        "server/partner/app.py": "import server.office.previews\n",
    }

    assert verdicts_on(small_tree(tmp_path, by_another)) == ALL_KEPT | {PORT: "BROKEN"}
