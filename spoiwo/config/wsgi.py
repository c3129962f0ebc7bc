"""The door for the WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spoiwo.config.settings")
application = get_wsgi_application()
