"""What everybody who answers has in common."""


class Rival:
    """Answers `task`, `programme`, `desk` and `books`; a sum is named as in benchmarks.decade.rows."""

    def load(self) -> None:
        """Bring the rows where they are wanted; timed apart."""

    def before_each(self) -> None:
        """Forget what the last run left."""
