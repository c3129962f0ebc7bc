"""The door for the WSGI server."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spoiwo.config.settings")
application = get_wsgi_application()

from spoiwo.config.opening import open_house  # noqa: E402 - the rooms are ready only now

open_house()
connections.close_all()  # the server forks after this, and no connection may be shared
