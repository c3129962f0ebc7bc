"""Sessions in the database, which know that a visitor without a cookie has none.

Django marks a session as asked about even then, and the answer as different for every cookie: every public page would
count as personal. Here a question to a session that does not exist leaves no mark; a value put into it does.
"""

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    """The session of one browser."""

    def _get_session(self, no_load: bool = False) -> dict:
        asked_before = self.accessed
        values = super()._get_session(no_load)
        if self.session_key is None and not self.modified:
            self.accessed = asked_before
        return values

    _session = property(_get_session)
