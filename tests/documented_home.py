"""The home that docs/partners.md tells its reader to make, made as it tells him."""

from pathlib import Path

from tests.command_line import run
from tests.documentation import ROOT, Page, commands


def documented_home(folder: Path) -> Path:
    """The home, in a folder."""
    home = folder / "home"
    for words in commands(Page.of("docs/partners.md").part("## The examples here")):
        if "serve" not in words:
            given = [str(home) if word == "H" else word for word in words]
            given = [str(ROOT / word) if word.endswith(".jsonl") else word for word in given]
            assert run(*given).code == 0
    return home
