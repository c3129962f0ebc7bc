"""Columns of protected values: what they hold is sealed, and looking at the attribute tells nothing."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Sealed:
    """A sealed value as a row carries it. It prints as dots; opening it is a service, with a purpose."""

    blob: bytes

    def __str__(self) -> str:
        return "•••"

    def __repr__(self) -> str:
        return "Sealed(•••)"

    def __bool__(self) -> bool:
        return bool(self.blob)


EMPTY = Sealed(b"")


class SealedField(models.BinaryField):
    """A protected text, sealed under the key of its row's subject and bound to table, row and field.

    Written only by `vault.services.seal_into`, opened only by `vault.services.open_values`.
    `indexed=True` asks for a column `<name>_index` (an IndexField) beside it, for exact search.
    """

    def __init__(self, *args, indexed: bool = False, **kwargs) -> None:
        self.indexed = indexed
        super().__init__(*args, **{"blank": True, "default": bytes, "editable": False} | kwargs)

    def deconstruct(self):
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"indexed": True} if self.indexed else {})

    def from_db_value(self, value, expression, connection) -> Sealed:
        """Bytes of the database as a value that prints as dots."""
        return Sealed(bytes(value)) if value else EMPTY

    def to_python(self, value) -> Sealed:
        """A sealed value, never a text. Raises: TypeError for anything that was not sealed."""
        if isinstance(value, Sealed):
            return value
        if value in (b"", "", None):
            return EMPTY
        raise TypeError(f"{self.name}: a protected value is written by vault.services.seal_into")

    def get_db_prep_value(self, value, connection, prepared=False):
        """The sealed bytes; a bare text never reaches the database."""
        return super().get_db_prep_value(self.to_python(value).blob, connection, prepared)

    def value_to_string(self, obj) -> str:
        """Nothing leaves through a serializer."""
        return ""


class IndexField(models.CharField):
    """A keyed fingerprint of a protected text, for exact search; empty after erasure."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **{"max_length": 64, "blank": True, "default": "", "editable": False} | kwargs)
