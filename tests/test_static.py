"""The files that the pages take with them: collected as in production, and none missing."""

import json
import re

import pytest
from django.core.management import call_command

from tests.tree import relative, templates

STATIC_TAG = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder that `spoiwo serve` fills, with the storage of production."""
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("static")
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    with override_settings(STATIC_ROOT=folder, STORAGES={"default": default, "staticfiles": storage}):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture(scope="module")
def manifest(collected):
    """The name with its fingerprint by the plain name."""
    return json.loads((collected / "staticfiles.json").read_text())["paths"]


def test_every_file_that_a_template_names_is_there_under_a_name_with_a_fingerprint(collected, manifest):
    named = {(relative(path), name) for path in templates() for name in STATIC_TAG.findall(path.read_text())}
    assert {(path, name) for path, name in named if name not in manifest} == set()
    assert all((collected / manifest[name]).is_file() for _, name in named)
    assert named


def test_no_style_sheet_refers_to_another_server(collected):
    sheets = list(collected.rglob("*.css"))
    assert [
        sheet.name for sheet in sheets if re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", sheet.read_text())
    ] == []
    assert sheets


def test_foreign_files_keep_their_licence_beside_them(collected):
    folders = {path.parent for path in collected.rglob("*.woff2")}
    assert folders
    assert [str(folder) for folder in folders if not list(folder.glob("LICENSE*"))] == []
