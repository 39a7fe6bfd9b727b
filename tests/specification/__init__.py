"""The rules of withholding (DESIGN section 2), as a reader would write them down: sets, loops, networkx.

It decides what one agreement may see of some holdings on one day, and why the rest is withheld. It is the
measure of the engine, so it shares no code with it, and is never made faster at the price of a longer look.

    lines        section 3, R11: which line of each id counts, and what is left of a deleted record
    numbers      R10: numbers in text: found, masked, cited
    setting      R12: what a question is asked of; which line cannot be judged
    permissions  R4: consents and clearances in effect
    withholding  R1-R3: categories of records, and what carries them
    scope        R5: kinds, dates, approval, offices, numbers, status, programs, the agreement's period
    releasing    R6-R8: which records and links are released, and why the others are not
    showing      R9, R10, R14: the words that are shown of them
    cutting      R13: holdings cut down to what is released
"""

from tests.specification.cutting import cut_down
from tests.specification.releasing import causes
from tests.specification.showing import release

__all__ = ["causes", "cut_down", "release"]
