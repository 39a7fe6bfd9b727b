"""What a Java program said that tells why it ended."""

import re

_LOGGED = re.compile(r"^[\d-]{10} \S+ (?P<level>[A-Z]+) +(?P<text>.*)")


def last_words(said: str) -> str:
    """The cause that a stack trace names last, else the first error of a log, else the first line that is no log's."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    causes = [line.partition(": ")[2] for line in lines if line.startswith("Caused by: ")]
    logged = [match for line in lines if (match := _LOGGED.match(line))]
    errors = [match["text"] for match in logged if match["level"] == "ERROR"]
    others = [line for line in lines if not _LOGGED.match(line)]
    return next(iter(causes[-1:] or errors or others), "it did not say why")
