"""How numbers of a report read: counts with their commas, and shares that never round a few to nothing or to all."""


def count(number: int) -> str:
    """A count.

    >>> count(12345)
    '12,345'
    """
    return f"{number:,}"


def percent(part: int, whole: int) -> str:
    """A share of a whole.

    >>> percent(1, 3), percent(1, 1000), percent(999, 1000), percent(0, 5), percent(5, 5), percent(0, 0)
    ('33 %', '< 1 %', '> 99 %', '0 %', '100 %', '–')
    """
    if whole == 0:
        return "–"
    rounded = round(100 * part / whole)
    if part > 0 and rounded == 0:
        return "< 1 %"
    return "> 99 %" if part < whole and rounded == 100 else f"{rounded} %"
