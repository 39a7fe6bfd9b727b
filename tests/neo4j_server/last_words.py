"""What a Java program said that tells why it ended."""


def last_words(said: str) -> str:
    """The cause that a stack trace names last, else the first error of a log, else the first line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    causes = [line.partition(": ")[2] for line in lines if line.startswith("Caused by: ")]
    errors = [line.partition(" ERROR ")[2].strip() for line in lines if " ERROR " in line]
    return next(iter(causes[-1:] or errors or lines), "it did not say why")
