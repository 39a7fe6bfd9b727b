"""An audit log in memory, for tests that are not about files."""

import json
from typing import Any

from server.audit.log import Records, Unwritten


class MemoryTrail:
    """What was written to the audit log, in memory. is_full: nothing can be written any more."""

    def __init__(self) -> None:
        self.is_full = False
        self.lines: list[dict[str, Any]] = []

    async def write(self, told: bytes, records: Records = None) -> None:
        if self.is_full:
            raise Unwritten
        self.lines.append(json.loads(told) | ({} if records is None else {"records": [*records]}))

    async def close(self) -> None:
        """Nothing is open."""
