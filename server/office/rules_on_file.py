"""Policy and agreements as they are on file, read again only when a file of theirs is another one than before."""

from graph.draft import Rules
from server.home import Home


class RulesOnFile:
    """Those of one home."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._seen: object = None
        self._rules: Rules | None = None

    def __call__(self) -> Rules:
        """The rules now. Raises PolicyError, and HomeError where a file cannot be read."""
        seen = self._look()
        if self._rules is None or seen != self._seen:
            self._rules, self._seen = self._home.rules(), seen
        return self._rules

    def _look(self) -> object:
        """Which files there are, and of each its size, its place and when it was written."""
        folder = self._home.folder
        files = [folder / "policy.toml", *sorted((folder / "agreements").glob("*.toml"))]
        stats = [(file.name, file.stat()) for file in files if file.exists()]
        return [(name, stat.st_mtime_ns, stat.st_size, stat.st_ino) for name, stat in stats]
