"""R13: holdings cut down to what one agreement may see, as lines that can be released again."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from tests.specification.lines import Line, held
from tests.specification.releasing import Released, judged
from tests.specification.setting import Setting
from tests.specification.showing import is_property_released


def cut_down(
    lines: Sequence[Line],
    policy: Mapping[str, Any],
    agreement: Mapping[str, Any],
    today: date,
    tainted: Collection[str] = (),
) -> list[Line]:
    """The lines of released records (their released properties) and links; all consents and clearances."""
    released = judged(Setting(held(lines), policy, agreement, today, tainted))
    holdings = released.setting.holdings
    return [
        *(cut_record(holdings.records[ident].line, released) for ident in sorted(released.records)),
        *(holdings.links[ident] for ident in sorted(released.links)),
        *holdings.consents.values(),
        *holdings.clearances.values(),
    ]


def cut_record(line: Line, released: Released) -> Line:
    """The line whole, but for a subject's withheld properties."""
    if line["kind"] != "subject" or "properties" not in line:
        return line
    kept = [stated for stated in line["properties"] if is_property_released(stated, released)]
    return {**line, "properties": kept}
