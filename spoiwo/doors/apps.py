"""The room as Django knows it."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    """Doors: what comes in as a file, what goes out as a file or a letter, and forms that are sent once."""

    name = "spoiwo.doors"

    def ready(self) -> None:
        """Say how the deeds of the room are called."""
        from spoiwo.audit.domain.reviews import Kind
        from spoiwo.audit.watching import watch_deeds
        from spoiwo.doors import privacy, words  # noqa: F401 - importing registers them

        watch_deeds(Kind.EXPORT, "doors.export_made")
