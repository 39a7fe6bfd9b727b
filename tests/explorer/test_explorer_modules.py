"""The explorer's own modules, apart from any page.

Node's test runner runs what is in `explorer_modules/`; esbuild puts each of its tests together with the modules.
"""

import os
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.documentation import ROOT
from tests.node_packages import cached

FOLDER: Final = ROOT / "tests" / "explorer_modules"
NAMES: Final = sorted(path.stem for path in FOLDER.glob("*.test.ts"))


@pytest.fixture(name="built", scope="module")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tests of each module as one script."""
    place, packages = tmp_path_factory.mktemp("modules"), cached(FOLDER) / "node_modules"
    command = [
        f"{packages / '.bin' / 'esbuild'}",
        *(f"{FOLDER / name}.ts" for name in NAMES),
        *("--bundle", "--platform=node", "--format=esm", "--out-extension:.js=.mjs", f"--outdir={place}"),
    ]
    done = subprocess.run(
        command, env=os.environ | {"NODE_PATH": str(packages)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return place


@pytest.mark.parametrize("name", NAMES)
def test_a_module_does_what_its_tests_say(built: Path, name: str) -> None:
    done = subprocess.run(
        ["node", "--test-reporter=spec", built / f"{name}.mjs"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
