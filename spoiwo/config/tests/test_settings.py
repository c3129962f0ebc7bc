"""Settings come from the environment; a wrong one stops the start in one sentence."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from spoiwo.access.headers import FILE_POLICY, PAGE_POLICY
from spoiwo.access.models import Role
from tests.factories import PASSWORD, UserFactory
from tests.plugin import ROOT

READ = """
import json
from spoiwo.config import settings as s
names = NAMES
print(json.dumps({name: getattr(s, name) for name in names}, default=str))
"""


def started(tmp_path, *names, **environment):
    """The settings that a fresh start reads, or the last line of its refusal."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPOIWO_")}
    given = {"SPOIWO_DATA_DIR": str(tmp_path / "dane")} | {f"SPOIWO_{key}": value for key, value in environment.items()}
    code = READ.replace("NAMES", repr(list(names)))
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | given,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return json.loads(done.stdout) if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize(
    ("written", "plain"),
    [(None, False), ("", False), ("0", False), ("nie", False), ("1", True), ("TAK", True), (" yes ", True)],
)
def test_cookies_and_redirects_are_strict_unless_it_is_a_computer_of_ones_own(tmp_path, written, plain):
    names = ("PLAIN_HTTP", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    found = started(tmp_path, *names, **({} if written is None else {"PLAIN_HTTP": written}))
    assert found == {
        "PLAIN_HTTP": plain,
        "SESSION_COOKIE_SECURE": not plain,
        "CSRF_COOKIE_SECURE": not plain,
        "SECURE_SSL_REDIRECT": not plain,
        "SECURE_HSTS_SECONDS": 0 if plain else 31_536_000,
    }


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"PLAIN_HTTP": "może"}, "SPOIWO_PLAIN_HTTP"),
        ({"DEBUG": "2"}, "SPOIWO_DEBUG"),
        ({"DATABASE_URL": "mysql://host/baza"}, "SPOIWO_DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://host/"}, "SPOIWO_DATABASE_URL"),
        ({"DATABASE_URL": "byle co"}, "SPOIWO_DATABASE_URL"),
        ({"SMALL_NUMBERS_UNDER": "2"}, "SPOIWO_SMALL_NUMBERS_UNDER"),
        ({"SMALL_NUMBERS_UNDER": "pięć"}, "SPOIWO_SMALL_NUMBERS_UNDER"),
    ],
)
def test_a_setting_that_cannot_be_understood_stops_the_start_and_is_named(tmp_path, environment, named):
    assert named in started(tmp_path, "DEBUG", **environment)


def test_a_database_is_named_by_its_address_with_its_password_decoded(tmp_path):
    address = "postgresql://anna:ha%40s%2Flo@db.example:5433/spoiwo"
    database = started(tmp_path, "DATABASES", DATABASE_URL=address)["DATABASES"]["default"]
    facts = {name: database[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert facts == {"USER": "anna", "PASSWORD": "ha@s/lo", "HOST": "db.example", "PORT": "5433", "NAME": "spoiwo"}
    assert database["ENGINE"].endswith("postgresql")


def test_without_an_address_the_database_is_a_file_in_the_data_directory(tmp_path):
    database = started(tmp_path, "DATABASES")["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "dane" / "spoiwo.sqlite3")


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first, second = started(tmp_path, "SECRET_KEY"), started(tmp_path, "SECRET_KEY")
    assert first == second
    file = tmp_path / "dane" / "secret-key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(first["SECRET_KEY"]) >= 50
    assert started(tmp_path / "inny", "SECRET_KEY") != first


def test_a_secret_key_that_is_given_is_used_and_not_written(tmp_path):
    assert started(tmp_path, "SECRET_KEY", SECRET_KEY="z-otoczenia") == {"SECRET_KEY": "z-otoczenia"}
    assert not (tmp_path / "dane" / "secret-key").exists()


def test_debug_is_off_and_strangers_names_of_the_host_are_refused(tmp_path):
    found = started(tmp_path, "DEBUG", "ALLOWED_HOSTS")
    assert found["DEBUG"] is False
    assert "*" not in found["ALLOWED_HOSTS"]
    hosts = started(tmp_path, "ALLOWED_HOSTS", HOSTS="spoiwo.example,www.spoiwo.example")
    assert hosts["ALLOWED_HOSTS"] == ["spoiwo.example", "www.spoiwo.example"]


def test_the_policy_for_content_allows_this_host_alone():
    assert PAGE_POLICY["default-src"] == FILE_POLICY["default-src"] == "'none'"
    assert set(PAGE_POLICY.values()) == {"'self'", "'none'"}
    assert set(FILE_POLICY.values()) == {"'none'", ""}


@pytest.mark.parametrize(("plain", "prefix"), [("0", "__Host-"), ("1", "")])
def test_cookies_are_bound_to_the_host_and_to_tls_unless_it_is_a_computer_of_ones_own(tmp_path, plain, prefix):
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "BROWSER_COOKIE_NAME")
    found = started(tmp_path, *names, PLAIN_HTTP=plain)
    assert found == dict(zip(names, [f"{prefix}spoiwo_{name}" for name in ("session", "csrf", "browser")], strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize(("plain", "secure", "prefix"), [("0", True, "__Host-spoiwo_"), ("1", False, "spoiwo_")])
def test_every_cookie_is_what_its_name_promises(tmp_path, settings, plain, secure, prefix):
    """Signed in, through pages and out again, with the settings of a fresh start."""
    names = [
        f"{kind}_COOKIE_{fact}" for kind in ("SESSION", "CSRF") for fact in ("NAME", "SECURE", "HTTPONLY", "SAMESITE")
    ]
    for name, value in started(tmp_path, *names, "BROWSER_COOKIE_NAME", PLAIN_HTTP=plain).items():
        setattr(settings, name, value)
    user, client, kept = UserFactory(roles=[Role.EDITOR], password=PASSWORD), Client(), set()
    entrance, door = reverse("account_login"), reverse("account_logout")
    for step in (
        lambda: client.get(entrance, secure=secure),
        lambda: client.post(entrance, {"login": user.email, "password": PASSWORD}, secure=secure),
        lambda: client.get(reverse("access:desk"), secure=secure),
        lambda: client.post(reverse("account_home"), secure=secure),
        lambda: client.post(door, secure=secure),
    ):
        for cookie in step().cookies.values():
            kept.add(cookie.key)
            told = (cookie["secure"], cookie["samesite"], cookie["path"], cookie["domain"])
            assert told == (secure or "", "Lax", "/", "")
            assert cookie["httponly"] is True or not cookie.value  # one that is taken away holds nothing to read
    assert kept == {f"{prefix}{name}" for name in ("session", "csrf", "browser")}


@pytest.mark.parametrize(("name", "good", "bad"), [("IDLE_MINUTES", "5", "61"), ("IDLE_MINUTES_OTHERS", "480", "4")])
def test_the_limit_of_a_session_is_a_number_of_minutes_within_bounds(tmp_path, name, good, bad):
    limit = name.replace("MINUTES", "LIMIT")
    assert started(tmp_path, limit, **{name: good})[limit] == str(timedelta(minutes=int(good)))
    for wrong in (bad, "pół godziny", "-5", "5.5"):
        assert f"SPOIWO_{name}" in started(tmp_path, limit, **{name: wrong})


def test_a_sign_in_service_is_set_whole_or_stops_the_start(tmp_path):
    whole = {"OIDC_ISSUER": "https://logowanie.example/r", "OIDC_CLIENT_ID": "a", "OIDC_CLIENT_SECRET": "b"}
    found = started(tmp_path, "OIDC_ORIGIN", "SOCIALACCOUNT_PROVIDERS", **whole)
    assert found["OIDC_ORIGIN"] == "https://logowanie.example"
    assert found["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]["name"] == "https://logowanie.example"
    for missing in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        assert "SPOIWO_OIDC" in started(tmp_path, "OIDC_ORIGIN", **whole | {missing: ""})
    assert "SPOIWO_OIDC" in started(tmp_path, "OIDC_ORIGIN", **whole | {"OIDC_ISSUER": "http://logowanie.example"})


@pytest.mark.parametrize(("name", "wrong"), [("LOG", "xml"), ("PUBLIC_CACHE_MB", "dużo"), ("PUBLIC_CACHE_MB", "-1")])
def test_a_form_of_the_log_or_a_size_that_is_unknown_stops_the_start(tmp_path, name, wrong):
    assert f"SPOIWO_{name}" in started(tmp_path, "LOG_FORMAT", **{name: wrong})


def test_a_server_logs_for_machines_and_a_trial_for_people(tmp_path):
    assert started(tmp_path, "LOG_FORMAT", "PUBLIC_CACHE_BYTES", PLAIN_HTTP="0") == {
        "LOG_FORMAT": "json",
        "PUBLIC_CACHE_BYTES": 64_000_000,
    }
    assert started(tmp_path, "LOG_FORMAT", PLAIN_HTTP="1")["LOG_FORMAT"] == "plain"
