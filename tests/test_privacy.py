"""Every field of every table says what it holds, and what it holds is kept as its class asks.

The gate of the build: a column without a class, a special value that is not sealed, a secret in the open without a
reason, or a table with data of people that no processing activity names, stops it.
"""

import csv
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from spoiwo.config.privacy import SECRETS_NOT_SEALED
from spoiwo.kernel.privacy import Privacy, classes_of, classified, declare, privacy_of
from spoiwo.vault.fields import IndexField, SealedField
from spoiwo.vault.services import inventory

MODELS = sorted(apps.get_models(), key=lambda model: model._meta.label)


def own_columns(model):
    """The columns that must have a class: all but the number of the row."""
    return [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_has_a_class_and_every_class_a_field(model):
    said = privacy_of(model)
    columns = {field.name for field in own_columns(model)}
    assert columns - set(said) == set()
    assert set(said) - columns == set()


def fields_of(privacy):
    """(label, field) of every column of a class."""
    return [
        (f"{model._meta.label}.{field.name}", field)
        for model in MODELS
        for field in own_columns(model)
        if privacy_of(model).get(field.name) == privacy
    ]


def test_special_values_are_sealed():
    special = fields_of(Privacy.SPECIAL)
    assert [name for name, field in special if not isinstance(field, SealedField | IndexField)] == []
    assert "persons.Person.pesel" in dict(special)


def test_secrets_are_sealed_hashed_or_listed_with_a_reason():
    secrets = fields_of(Privacy.SECRET)
    listed = set(SECRETS_NOT_SEALED)
    assert [name for name, field in secrets if not isinstance(field, SealedField) and name not in listed] == []
    assert all(SECRETS_NOT_SEALED.values())


def test_the_list_of_secrets_names_only_what_is_there():
    secrets = {name for name, _field in fields_of(Privacy.SECRET)}
    installed = {model._meta.label for model in MODELS}
    listed = [name for name in SECRETS_NOT_SEALED if name.rpartition(".")[0] in installed]
    assert [name for name in listed if name not in secrets] == []


def test_what_is_sealed_is_not_called_public_or_internal():
    sealed = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in own_columns(model)
        if isinstance(field, SealedField | IndexField)
        and privacy_of(model).get(field.name) not in {Privacy.PERSONAL, Privacy.SPECIAL, Privacy.SECRET}
    ]
    assert sealed == []


def test_an_indexed_value_has_its_fingerprint_beside_it_and_no_fingerprint_stands_alone():
    for model in MODELS:
        names = {field.name for field in own_columns(model)}
        for field in own_columns(model):
            if isinstance(field, SealedField) and field.indexed:
                assert isinstance(model._meta.get_field(f"{field.name}_index"), IndexField)
            if isinstance(field, IndexField):
                assert field.name.removesuffix("_index") in names


def test_every_table_with_data_of_people_belongs_to_a_processing_activity():
    assert inventory.uncovered() == []


def test_the_register_of_activities_is_whole_and_names_tables_that_exist_or_come_with_a_package():
    found = inventory.activities()
    assert len({activity.code for activity in found}) == len(found) > 3
    for activity in found:
        assert all(getattr(activity, name) for name in ("name", "purpose", "legal_basis", "persons", "data"))
        assert all(getattr(activity, name) for name in ("recipients", "retention", "safeguards", "models"))
    installed = {model._meta.label for model in MODELS}
    packages = ("mfa.", "socialaccount.", "usersessions.")
    named = [label for activity in found for label in activity.models]
    assert [label for label in named if label not in installed and not label.startswith(packages)] == []


def test_the_register_has_every_column_of_article_30(root):
    file = Path(root) / "spoiwo" / "vault" / "data" / "processing.csv"
    with file.open(encoding="utf-8", newline="") as source:
        heads = next(csv.reader(source, delimiter=";"))
    asked = {"purpose", "persons", "data", "recipients", "retention", "safeguards"}  # GDPR art. 30 par. 1
    assert asked <= set(heads)


def test_a_class_is_said_once_by_a_known_word():
    with pytest.raises(ValueError, match="name: classified twice"):
        classes_of({"public": "name", "personal": "name"})
    with pytest.raises(ValueError, match="hidden"):
        classes_of({"hidden": "name"})


def test_classes_of_bases_count_and_a_declaration_of_the_start_stands_above_them():
    class Meta:
        label_lower = "tests.sample"

    @classified(public="code", internal="note")
    class Base:
        pass

    @classified(personal="note")
    class Child(Base):
        _meta = Meta

    assert privacy_of(Child) == {"code": Privacy.PUBLIC, "note": Privacy.PERSONAL}
    declare("tests.Sample", secret="note")
    assert privacy_of(Child) == {"code": Privacy.PUBLIC, "note": Privacy.SECRET}
