"""Every scenario through the engine alone: the release and the causes, whole, in a few seconds.

`tests/test_scenarios.py` takes each through every door; a mutant of a rule needs one.
"""

from pathlib import Path

import pytest

from server.scenarios.compare import differences
from tests.test_scenarios import FILES, SCENARIOS


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_scenario_comes_out_as_it_says(file: Path) -> None:
    assert differences(SCENARIOS[file]) == []
