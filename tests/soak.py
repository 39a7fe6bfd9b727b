"""Soak: readers look without a pause while lines are loaded, published and withdrawn, and commands are killed.

    python -m tests.soak [--minutes 10] [--seed 1]

Each state of the releases has a time from which it may be seen: when the command that makes it begins; and one from
which it may not: when the next command is acknowledged, where that one withdraws; some seconds later where it adds, for
what is added may come late. Every answer of every reader is held against the states that may be seen when it was begun;
in the end, and now and then, `caselink verify` judges everything anew. Each reader reads as a partner process does,
in a process of its own; half of them ask hardly within their lease, so that they have to be waited for. A killed
command is run again until it ends, as an operator would.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import click

from graph.readers import LEASE_SECONDS
from server.partner.feed import POLL_SECONDS
from tests.command_line import Desk, agreement_text
from tests.killing import SELDOM_SECONDS, Answer, Point, When, command, looking
from tests.plain_lines import Made, case, delete, document, link

IDS = ("county", "ndex")
READERS = 8
_WRITES = 40
"""More than a command has: one that is to be killed at a later write ends."""
_VERIFIED_EACH = 20


@dataclass(frozen=True)
class State:
    """What is published after a command. begun, ended: the command. withdraws: it adds nothing."""

    versions: Mapping[str, str]
    begun: float
    ended: float
    withdraws: bool


@dataclass
class Soak:
    """One home, and what was done to it."""

    desk: Desk
    dice: random.Random
    states: list[State] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)

    def begin(self) -> None:
        self.desk.done("init", "--test", "--seed", "soak")
        for id in IDS:
            self.desk.agreement(agreement_text(id), id)
        self.desk.file("lines.jsonl", *map(self._line, (f"{kind}-{n}" for kind in "CDL" for n in range(30))))
        for arguments in (["load", str(self.desk.folder / "lines.jsonl")], ["publish", "--yes"]):
            self._run(arguments, withdraws=False)

    def step(self) -> None:
        """One command, and a publication now and then."""
        lines = [self._line(f"{self.dice.choice('CDL')}-{self.dice.randrange(30)}") for _ in range(4)]
        choice = self.dice.random()
        if choice < 0.6:
            self._run(["load", str(self.desk.file("lines.jsonl", *lines))], withdraws=True)
        elif choice < 0.7:
            self._run(["withdraw", f"C-{self.dice.randrange(30)}", "--reason", "a soak"], withdraws=True)
        else:
            self._run(["publish", "--yes"], withdraws=False)
        if len(self.states) % _VERIFIED_EACH == 0:
            self.verify()

    def verify(self) -> None:
        assert command(self.desk.home, "verify") == 0, "verify found differences"

    def _run(self, arguments: Sequence[str], *, withdraws: bool) -> None:
        begun, code = time.monotonic(), -9
        while code == -9:
            place = self.dice.randrange(1, _WRITES)
            code = command(self.desk.home, *arguments, point=Point(place, self.dice.choice(list(When))))
            self.killed[arguments[0]] += code == -9
        assert code == 0, f"{arguments} ended with {code}"
        ended = time.monotonic()
        published = self.desk.done("status", "--json").json()["releases"]["published"]
        versions = {each["agreement"]: each["version"] for each in published}
        self.states.append(State(versions, begun, ended, withdraws))

    def _line(self, id: str) -> Made:
        number = int(id[2:])
        if self.dice.random() < 0.05 and self.states:
            return delete(id)
        codes: Made = {"access_codes": [self.dice.choice(("REL", "REL", "REL", "TAR", "T3"))]}
        if id[0] == "C":
            text = f"See NY03-{self.dice.randrange(30):04}."
            return case(id, f"NY03-{number:04}", synopsis=text, **codes)
        if id[0] == "D":
            return document(id, f"NY03-{number:04}-001", title=f"Report {self.dice.randrange(9)}", **codes)
        return link(id, f"C-{self.dice.randrange(30)}", "CONTAINS", f"D-{number}")


def wrong(states: Sequence[State], answers: Iterable[Answer]) -> list[Answer]:
    """The answers that come from no state that might be seen from when they were begun until they were told."""
    shown: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for state, after in zip(states, [*states[1:], None], strict=True):
        late = 0.0 if after is None or after.withdraws else 2 * LEASE_SECONDS
        until = float("inf") if after is None else after.ended + late
        for agreement, version in state.versions.items():
            shown.setdefault((agreement, version), []).append((state.begun, until))
    return [
        answer
        for answer in answers
        if answer.version is not None
        and not any(
            begun <= answer.told and answer.begun <= until
            for begun, until in shown.get((answer.agreement, answer.version), ())
        )
    ]


def run(folder: Path, seconds: float, seed: int, tell: Callable[[str], None]) -> int:
    """Soak for so long. How many answers were wrong; that a command or `verify` fails is raised."""
    soak = Soak(Desk(folder), random.Random(seed))
    soak.begin()
    with ExitStack() as stack:
        readers = [
            stack.enter_context(looking(soak.desk.home, IDS, folder / f"seen-{number}", 0.05, poll))
            for number, poll in enumerate((POLL_SECONDS, SELDOM_SECONDS) * (READERS // 2))
        ]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            soak.step()
        answers = [answer for reader in readers for answer in reader()]
    soak.verify()
    found = wrong(soak.states, answers)
    refused = sum(answer.version is None for answer in answers)
    tell(
        f"{len(answers):,} answers of {READERS} readers, {refused:,} of them 503; {len(soak.states):,} commands"
        f" ended, {soak.killed.total():,} were killed before; {len(found):,} answers were wrong"
    )
    for answer in found[:20]:
        tell(str(answer))
    return len(found)


@click.command()
@click.option("--minutes", type=float, default=10.0, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
def main(minutes: float, seed: int) -> None:
    """Soak; exit 1 where an answer was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(1 if run(Path(folder), 60 * minutes, seed, click.echo) else 0)


if __name__ == "__main__":
    main()
