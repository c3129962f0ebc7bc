"""The key of the record: laid once, and its loss is told, never covered by another key."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import translation

from spoiwo.access.probes import keys_open
from spoiwo.audit.acting import Circumstances, acting_in
from spoiwo.audit.errors import HousekeyBroken, HousekeyLost
from spoiwo.audit.models import Record
from spoiwo.audit.services import record, verify_chain
from spoiwo.audit.services.heads import export_head, read_heads
from spoiwo.audit.services.key import FILE, check_key, installation, key_for
from spoiwo.audit.services.rekeying import LAID_ANEW
from spoiwo.audit.tests.reading import NIGHT, VALUE, opened, refuse_writing
from spoiwo.config.opening import open_house
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(settings, tmp_path):
    """An empty folder of keys, and one of heads."""
    settings.KEYS_DIR, settings.HEADS_DIR = tmp_path / "keys", tmp_path / "heads"
    return settings.KEYS_DIR


def deed(address="192.0.2.7"):
    """Somebody does something, from an address or from the command line."""
    about = UserFactory()
    with acting_in(Circumstances("0123456789abcdef", address)):
        return record(by=about, deed="tests.deed", about=about)


@pytest.fixture
def lost(keys, settings, tmp_path):
    """The folder of keys of a house that wrote entries with its key and starts again where the key is not."""
    deed()
    settings.KEYS_DIR = tmp_path / "pusty"
    return settings.KEYS_DIR


def says(refusal):
    """The words of a refusal, with plain spaces."""
    return str(refusal.value).replace("\xa0", " ")


def sentence(folder):
    """What a person reads who starts a house without the key of its record."""
    return f"Brakuje klucza dziennika zmian: w katalogu {folder} nie ma pliku {FILE}, "


def test_the_key_is_made_once_and_kept_from_others(keys):
    key = key_for("tests")
    assert key_for("tests") == key != key_for("other")
    assert stat.S_IMODE((keys / FILE).stat().st_mode) == 0o600
    assert [file.name for file in keys.iterdir()] == [FILE]
    assert len(installation()) == 16


@pytest.mark.parametrize("content", ["", "nie klucz", "c2hvcnQ=", "ż"])
def test_a_key_that_is_not_whole_stops_what_needs_it(settings, tmp_path, content):
    settings.KEYS_DIR = tmp_path
    (tmp_path / FILE).write_text(content)
    with pytest.raises(HousekeyBroken):
        key_for("tests")
    with pytest.raises(ImproperlyConfigured) as refusal:
        open_house()
    assert says(refusal).startswith(f"Plik {FILE} w katalogu {tmp_path} nie jest całym kluczem. ")


def test_a_lost_key_is_told_and_no_other_is_laid(lost):
    before = Record.objects.count()
    for needs in (check_key, installation, lambda: export_head(now=NIGHT), deed):
        with pytest.raises(HousekeyLost), translation.override("pl"):
            needs()
    assert not (lost / FILE).exists()
    assert Record.objects.count() == before


def test_a_house_whose_key_is_lost_does_not_start_and_says_where_the_key_should_be(lost):
    with pytest.raises(ImproperlyConfigured) as refusal:
        open_house()
    assert says(refusal).startswith(sentence(lost))
    assert "spoiwo audit new-key" in says(refusal)
    assert not keys_open(NIGHT).well
    with pytest.raises(CommandError) as refusal:
        call_command("audit", "head")
    assert says(refusal).startswith(sentence(lost))
    assert not (lost / FILE).exists()


def test_a_page_that_must_be_recorded_is_not_shown_without_the_key(lost):
    response = opened()
    assert response.status_code >= 500
    assert VALUE not in response.content.decode()
    assert not (lost / FILE).exists()


def test_the_key_that_comes_back_opens_the_house_and_agrees_with_what_was_made_with_it(keys, lost):
    lost.mkdir(exist_ok=True)
    (lost / FILE).write_bytes((keys / FILE).read_bytes())
    open_house()
    assert deed().address_hash == Record.objects.made_with_key().order_by("sequence").first().address_hash


def test_a_house_that_begins_and_one_from_before_addresses_were_kept_lay_their_first_key(keys):
    """Entries of release 0.1 have no fingerprint, and neither has the command line."""
    deed(address="")
    Record.objects.update(form=1)
    open_house()
    assert not (keys / FILE).exists()
    assert deed().address_hash != ""
    assert (keys / FILE).exists()
    open_house()


def test_the_record_is_verified_without_the_key_because_the_chain_has_none(lost):
    assert list(verify_chain()) == []
    call_command("audit", "verify")


def test_a_key_lost_for_good_is_replaced_by_a_deed_of_its_own(keys, settings, tmp_path, capsys):
    deed()
    head, old = export_head(now=NIGHT), installation()
    settings.KEYS_DIR = tmp_path / "nowy"
    call_command("audit", "new-key")
    new = installation()
    assert new != old
    assert new in capsys.readouterr().out
    assert Record.objects.latest("sequence").deed == LAID_ANEW
    assert stat.S_IMODE((settings.KEYS_DIR / FILE).stat().st_mode) == 0o600
    open_house()
    deed()
    assert list(verify_chain([head])) == []
    assert read_heads(settings.HEADS_DIR)[1] == [f"heads-2026-03.jsonl, wiersz 1: głowa innej instalacji ({old})."]


@pytest.mark.parametrize("content", [None, "nie klucz"])
def test_a_key_that_is_there_is_never_written_over(keys, content):
    deed()
    if content:
        (keys / FILE).write_text(content)
    before, last = (keys / FILE).read_bytes(), Record.objects.count()
    with pytest.raises(CommandError):
        call_command("audit", "new-key")
    assert ((keys / FILE).read_bytes(), Record.objects.count()) == (before, last)


def test_no_new_key_without_its_entry(lost):
    refuse_writing()
    with pytest.raises(DatabaseError):
        call_command("audit", "new-key")
    assert not (lost / FILE).exists()
