"""An agency's files of any number, released whole and kept: lines, standings and terms written straight into a store.

A file is a case, ten reports that it contains, and nine subjects that they mention; the subjects know each other by
what a report says, and stand in the next file too. The first file is another one: its case has a hundred reports.
"""

from collections.abc import Iterator
from typing import Final

import orjson

from graph.draft import Rules
from graph.keeping import keys_fingerprint
from graph.keys import ReleaseKeys
from graph.model import Entry, EntryId, Kind
from graph.policy import Policy
from graph.release import Header
from graph.standing import Account, Kept, Standing
from graph.store import Batch, Keeping, StoredHoldings
from graph.terms import terms_of
from tests.plain_lines import Made, case, document, link, prop, subject

RECORDS: Final = 20
LINKS: Final = 100
DEPENDANTS: Final = 100


def file(number: int, files: int) -> list[Made]:
    """The lines of one file: 20 records and 100 links; the first has 100 reports."""
    reports = DEPENDANTS if number == 0 else 10
    c, after = f"C-{number}", (number + 1) % files
    name = (
        f"{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}{number // 676 % 100:02}-{number // 67_600:04}"
    )
    lines = [case(c, name)]
    lines += [document(f"D-{number}-{n}", f"{name}-{n:03}", f"See {name}.") for n in range(reports)]
    lines += [subject(f"S-{number}-{n}", prop("name", f"Doe {number} {n}")) for n in range(9)]
    ties: list[tuple[str, str, str, tuple[str, ...]]]
    ties = [(c, "CONTAINS", f"D-{number}-{n}", ()) for n in range(reports)]
    ties += [(f"D-{number}-{n % reports}", "MENTIONS", f"S-{number}-{n % 9}", ()) for n in range(30)]
    ties += [(f"D-{number}-{n}", "MENTIONS", f"S-{after}-{n}", ()) for n in range(9)]
    ties += [(f"S-{number}-{n}", "SUBJECT_OF", c, ()) for n in range(9)]
    ties += [
        (f"S-{number}-{n % 9}", "KNOWS", f"S-{number}-{(n + 1) % 9}", (f"D-{number}-{n % reports}",))
        for n in range(22)
    ]
    ties += [(f"D-{number}-{n % reports}", "CITES", c, ()) for n in range(20)]
    lines += [
        link(f"L-{number}-{n}", start, type, end, sources=list(sources))
        for n, (start, type, end, sources) in enumerate(ties)
    ]
    return lines


def entries(files: int) -> Iterator[Entry]:
    """All of them."""
    for number in range(files):
        for line in file(number, files):
            yield Entry(EntryId(line["id"]), Kind(line["kind"]), orjson.dumps(line))


def keep(
    holdings: StoredHoldings, rules: Rules, keys: ReleaseKeys, headers: list[Header], files: int
) -> None:
    """Hold the files, and keep what a publication of them would keep; everything in them is released."""
    everything = Standing.of([0] * len(headers), [True] * len(headers)).encode()
    holdings.forget()
    batch: list[Entry] = []
    for entry in entries(files):
        batch.append(entry)
        if len(batch) == 20_000:
            _put(holdings, rules.policy, batch, everything)
    _put(holdings, rules.policy, batch, everything)
    account = Account(
        policy=rules.policy.fingerprint,
        keys=keys_fingerprint(keys),
        day=headers[0].serves_until or 0,
        agreements=[_kept(rules, header) for header in headers],
        held=120 * files,
        lengths=[9, 13],
        days=[],
    )
    holdings.keep(Keeping(account=account.encode()))


def _kept(rules: Rules, header: Header) -> Kept:
    fingerprint = rules.agreements[header.agreement].fingerprint
    return Kept(header.agreement, fingerprint, header.version, 0, 0, {}, {}, [])


def _put(holdings: StoredHoldings, policy: Policy, batch: list[Entry], everything: bytes) -> None:
    holdings.take(Batch(puts=batch))
    records = [(entry.id, everything) for entry in batch if entry.kind is not Kind.LINK]
    holdings.keep(
        Keeping(
            standings=records, terms=((term, entry.id) for entry in batch for term in terms_of(entry, policy))
        )
    )
    batch.clear()
