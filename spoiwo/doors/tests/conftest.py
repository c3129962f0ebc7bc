"""Fixtures of the doors: keys and folders of the test, a mail server on loopback."""

import pytest

from spoiwo.doors.tests.sink import mail_server


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Keys and files of one test."""
    settings.KEYS_DIR, settings.KEPT_DIR, settings.UPLOADS_DIR = (
        tmp_path / name for name in ("keys", "kept", "uploads")
    )
    return settings


@pytest.fixture
def sink(settings):
    """A mail server that takes everything, and the house set up to use it."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.DEFAULT_FROM_EMAIL = "spoiwo@pokaz.example"
        yield server
