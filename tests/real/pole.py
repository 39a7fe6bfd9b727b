"""POLE, the public police data set: where it is, what loads it, and a home for it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from typing import Any

from loaders.mapping_file import read_mapping
from loaders.tables import TableFormat

MAPPINGS = Path(__file__).parents[2] / "loaders" / "mappings"
MAPPING = MAPPINGS / "pole.toml"
AGREEMENT = "neighbour"


def archive() -> Path:
    """The zip as it came. A KeyError where no folder was named: ask by `make test-real DATA=DIR`."""
    return Path(os.environ["CASELINK_TEST_DATA"]) / "pole" / "pole-data-importer.zip"


def tables() -> TableFormat:
    """Its tables under the mapping that comes with the project."""
    return TableFormat(archive(), read_mapping(MAPPING.read_text(encoding="utf-8"), MAPPING.name))


@dataclass(frozen=True, slots=True)
class PoleHome:
    """A test home with the policy and the agreement for POLE. stores: of `caselink.toml`, empty for files."""

    folder: Path
    stores: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def make(self) -> None:
        """Make it anew."""
        self.told("init", "--test", "--seed", "pole")
        copyfile(MAPPINGS / "pole.policy.toml", self.folder / "policy.toml")
        for agreement in (self.folder / "agreements").iterdir():
            agreement.unlink()
        copyfile(MAPPINGS / "pole.agreement.toml", self.folder / "agreements" / f"{AGREEMENT}.toml")
        with (self.folder / "caselink.toml").open("a", encoding="utf-8") as settings:
            settings.write(self.stores)

    def told(self, *arguments: str) -> Any:
        """What a command says with `--json`. It must end well."""
        command = [sys.executable, "-m", "server.cli", "--home", str(self.folder), *arguments, "--json"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=os.environ | self.environment
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def released(self) -> list[dict[str, Any]]:
        """The lines of the agreement's release, without the caveat."""
        path = self.folder / "release.jsonl"
        self.told("export", "--agreement", AGREEMENT, "--format", "jsonl", str(path))
        with path.open("rb") as file:
            return [json.loads(line) for line in file][1:]
