"""A home that was dropped, or is being dropped: its file `dropped` says since when, and no command may go on with it.

What is half taken away must not be judged: what withheld a record may be gone already. And what is whole gone must not
begin anew in the same home: withdrawals by hand, recodings of officers and tokens that were taken back went with it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from graph.errors import HomeError
from server.whole_file import write_whole

_FILE: Final = "dropped"


@dataclass(frozen=True, slots=True)
class Dropped:
    """begun, ended: when, UTC; ended is None until all is gone. who: had it done."""

    begun: str
    who: str
    ended: str | None = None

    def sentence(self, folder: Path) -> str:
        """What is told of such a home, and what to do."""
        if self.ended is None:
            return f"{folder}: {self.who} began to drop it at {self.begun}; `caselink drop` ends that"
        return (
            f"{folder}: was dropped at {self.ended} by {self.who}: nothing of it is held or published; make a new home,"
            " or restore a backup into one"
        )


@dataclass(frozen=True, slots=True)
class DropMark:
    """The file of one home."""

    folder: Path

    def read(self) -> Dropped | None:
        """What it says; None for a home like any other. Raises HomeError."""
        path = self.folder / _FILE
        try:
            return msgspec.json.decode(path.read_bytes(), type=Dropped)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError) as error:
            raise HomeError(
                f"{path}: says that the home was dropped, and cannot be read ({error}); `caselink drop` ends that"
            ) from error

    def write(self, dropped: Dropped) -> None:
        """From here on the home is such a one. Raises StoreLocked."""
        write_whole(self.folder / _FILE, msgspec.json.encode(dropped))

    def refuse(self) -> None:
        """Raises HomeError where the home was dropped, or is being dropped."""
        dropped = self.read()
        if dropped is not None:
            raise HomeError(dropped.sentence(self.folder))
