"""The docs as a reader finds them: pages, parts, tables, examples, links. What they say is tested in `test_docs*`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import msgspec

ROOT = Path(__file__).parent.parent

_FENCED = re.compile(r"^```([a-z]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Example:
    """A fenced block. language: as it is stated after the fence; empty for what a person types or reads."""

    language: str
    text: str


@dataclass(frozen=True)
class Page:
    """A page, or a part of one."""

    path: Path
    text: str

    @classmethod
    def of(cls, name: str) -> "Page":
        """A page by its name from the top of the repository."""
        path = ROOT / name
        return cls(path, path.read_text(encoding="utf-8"))

    def part(self, heading: str) -> "Page":
        """From a heading, such as `## Errors`, to the next one. There is exactly one of that name."""
        _, found, rest = self.prose_marked().partition(f"\n{heading}\n")
        assert found, f"{self.path}: no heading {heading}"
        return Page(self.path, re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0].replace("\0", "#"))

    def prose_marked(self) -> str:
        """The text with each `#` in an example as another character, so that comments are no headings."""
        return "\n" + _FENCED.sub(lambda block: block[0].replace("#", "\0"), self.text)

    def headings(self) -> list[str]:
        """Every heading, without its marks."""
        return _HEADING.findall(self.prose_marked())

    def examples(self, language: str) -> list[str]:
        """The fenced blocks of a language."""
        return [example.text for example in self.every_example() if example.language == language]

    def every_example(self) -> list[Example]:
        """The fenced blocks in their order."""
        return [Example(language, text) for language, text in _FENCED.findall(self.text)]

    def prose(self) -> str:
        """The text without its fenced blocks."""
        return _FENCED.sub("", self.text)

    def links(self) -> list[str]:
        """Where its links and pictures lead."""
        return [link or picture for link, picture in _LINK.findall(self.prose())]

    def anchors(self) -> set[str]:
        """The anchors of its headings."""
        return {anchor(heading) for heading in self.headings()}

    def tables(self) -> list[list[list[str]]]:
        """Its tables: the rows of each, without the header, and the cells of each row."""
        lines = self.prose().splitlines()
        rules = [place for place, line in enumerate(lines) if re.fullmatch(r"\|(-+\|)+", line)]
        below = (takewhile(lambda line: line.startswith("|"), lines[place + 1 :]) for place in rules)
        return [[_cells(line) for line in table] for table in below]

    def rows(self) -> list[list[str]]:
        """The rows of all its tables."""
        return [row for table in self.tables() for row in table]

    def first_cells(self) -> list[str]:
        """What stands as code in the first cells of its tables."""
        return [key for row in self.rows() for key in code(row[0])]


def pages() -> list[Page]:
    """Every page that a reader may open."""
    names = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
    return [Page.of(name) for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", *names)]


def code(text: str) -> list[str]:
    """What stands in backquotes."""
    return _CODE.findall(text)


def anchor(heading: str) -> str:
    """The anchor of a heading, as it is made where repositories are shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def toml_keys(shape: type[msgspec.Struct], before: str = "") -> set[str]:
    """The keys of a table of TOML, as the docs have to name them."""
    return {f"{before}{field.encode_name}" for field in msgspec.structs.fields(shape)}


def commands(page: Page) -> Iterator[list[str]]:
    """The words of each `caselink` command in a page's examples."""
    for example in page.every_example():
        if example.language in ("", "sh"):
            for line in example.text.replace("\\\n", " ").splitlines():
                if line.startswith("caselink --"):
                    yield words(line)


def words(line: str) -> list[str]:
    """The words of a command as a shell has them, without a comment."""
    return [word.strip('"') for word in re.findall(r'"[^"]*"|[^\s"]+', line.split(" # ", maxsplit=1)[0])][1:]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]
