"""Text that came from a line, made safe to be shown: no character of it moves a cursor or turns a line around."""


def printable(text: str) -> str:
    """The text with a replacement for each character that is not for printing.

    >>> printable("Ann\\u202ePoe\\x1b[2J")
    'Ann\ufffdPoe\ufffd[2J'
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
