"""The one way in which starting fails: a sentence that says what is wrong and how to mend it."""


class CannotStart(Exception):
    """Neo4j cannot be started; `str()` of it is the sentence to show, whole."""
