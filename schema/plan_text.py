"""The text of a plan while it is written: its lines and how far they stand in, its names, and what they stand for.

No word of a request gets into it: aliases and nodes of the query are constants, which the text calls by names of its
own. It has no builtins.
"""

import ast
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

_STEP: Final = "    "


class PlanText:
    """One plan's. known: the names that it may use, by what they stand for."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        self._names = dict(known)
        self._lines: list[str] = []
        self._indent = _STEP
        self._first: dict[str, str] = {}
        self._count = 0

    def line(self, text: str) -> None:
        """Write a line."""
        self._lines.append(self._indent + text)

    def lines(self, written: Sequence[str]) -> None:
        """Write lines that were gathered, below the line before."""
        self._lines += written

    @contextmanager
    def inside(self) -> Iterator[list[str]]:
        """What is written meanwhile is gathered, one level in."""
        lines, indent = self._lines, self._indent
        self._lines, self._indent = [], indent + _STEP
        try:
            yield self._lines
        finally:
            self._lines, self._indent = lines, indent

    def place(self) -> int:
        """Where the next line will stand, for `line_at`."""
        return len(self._lines)

    def line_at(self, place: int, text: str) -> None:
        """Write a line there, before those that came after."""
        self._lines.insert(place, self._indent + text)

    def number(self) -> int:
        """Another one each time."""
        self._count += 1
        return self._count

    def new(self, letter: str) -> str:
        """A name that nothing has."""
        return f"{letter}{self.number()}"

    def named(self, letter: str, text: str) -> str:
        """The name of a value, which is given one where it has none."""
        if text.isidentifier():
            return text
        name = self.new(letter)
        self.line(f"{name} = {text}")
        return name

    def once(self, text: str) -> str:
        """The name of what the plan looks up before anything else."""
        return self._first.setdefault(text, f"o{len(self._first)}") if text else ""

    def constant(self, value: Any) -> str:
        """The name of a value that the text itself cannot say."""
        name = f"k{len(self._names)}"
        self._names[name] = value
        return name

    def depends(self, lines: Sequence[str], told: str, given: Collection[str]) -> set[str]:
        """The names of the plan, those given and those looked up first left out, that lines and an expression read."""
        shift = len(self._indent)
        text = "\n".join([*(line[shift:] for line in lines), f"{_STEP}{told}"])
        names = [node for node in ast.walk(ast.parse(f"if 1:\n{text}")) if isinstance(node, ast.Name)]
        own = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        return {node.id for node in names} - own - self._names.keys() - set(self._first.values()) - set(given)

    def whole(self, opening: Sequence[str], result: str) -> tuple[str, Callable[..., Any]]:
        """The text of the plan, and the function. opening: lines to begin with."""
        first = (f"{name} = {text}" for text, name in self._first.items())
        lines = [*(_STEP + line for line in (*opening, *first)), *self._lines]
        text = "\n".join(["def plan(asking, asks):", *lines, f"{_STEP}return {result}", ""])
        names: dict[str, Any] = {"__builtins__": {}, **self._names}
        exec(compile(text, "<plan>", "exec"), names)
        function: Callable[..., Any] = names["plan"]
        return text, function
