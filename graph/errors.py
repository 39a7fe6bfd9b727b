"""What can go wrong, as a person is told it. Every message says what, where and how to mend it.

    CaselinkError                      exit 2 unless said otherwise
    ├── HomeError                      the home, its settings or keys do not do
    ├── PolicyError                    the policy or an agreement does not parse or fit
    ├── MappingError                   a mapping does not fit the files
    ├── Unreadable                     a file that could not be read
    ├── ClockError                     a day earlier than the latest one seen
    ├── NotOnFile                      an agreement or a release that is not there
    ├── StoreError                     a store failed
    │   ├── StoreUnreachable           nobody answers at its address
    │   ├── StoreRefused               it does not know the user or the password
    │   └── StoreLocked                it is read-only, full, or another program writes to it
    ├── NeedsAnswer                    exit 4: a question, and nobody to ask
    └── Tampered                       exit 5: an audit log is not as it was written

None of these texts ever reaches a partner: partner errors have fixed texts of their own.
"""

from collections.abc import Sequence


class CaselinkError(Exception):
    """A failure that a person can mend; its text is one or more plain sentences."""

    exit_code = 2


class HomeError(CaselinkError):
    """The home, its settings or its keys do not do."""


class Unreadable(CaselinkError):
    """A file could not be read."""


class MappingError(CaselinkError):
    """A mapping does not fit the files that it is to read."""


class ClockError(CaselinkError):
    """The day is earlier than the latest one that this home has seen."""


class NotOnFile(CaselinkError):
    """No such agreement, release or record on file."""


class StoreError(CaselinkError):
    """A store failed."""


class StoreUnreachable(StoreError):
    """Nobody answers at the store's address."""


class StoreRefused(StoreError):
    """The store does not know the user or the password."""


class StoreLocked(StoreError):
    """The store is read-only, full, or another program is writing to it."""


class NeedsAnswer(CaselinkError):
    """A question that nobody is there to answer."""

    exit_code = 4


class Tampered(CaselinkError):
    """An audit log is not as it was written."""

    exit_code = 5


class PolicyError(CaselinkError):
    """A policy or an agreement that does not parse or fit: each mistake with its file and path."""

    def __init__(self, source: str, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        listed = "".join(f"\n  {mistake}" for mistake in mistakes)
        super().__init__(f"{source} does not fit; nothing was changed. Mend:{listed}")
