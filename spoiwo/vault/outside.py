"""What rooms above do for the vault: hand out a file, and say what they seal under a person's key outside columns.

They register in their `AppConfig.ready()`:

    register_answer(file_response)
    register_outside(lambda subject: KeptFile.objects.filter(sealed_under=subject).count())
"""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse

_outside: list[Callable[[UUID], int]] = []
_answers: list[Callable[..., HttpResponse]] = []


def register_outside(count: Callable[[UUID], int]) -> None:
    """Add a count of things sealed directly under the key of a subject; such a key cannot be changed."""
    _outside.append(count)


def sealed_outside(subject: UUID) -> int:
    """How many things, files above all, only the present key of a subject opens."""
    return sum(count(subject) for count in _outside)


def register_answer(answer: Callable[..., HttpResponse]) -> None:
    """Say how a file leaves the house: `answer(name=, content=, media_type=)`. The latest counts."""
    _answers[:] = [answer]


def file_answer(*, name: str, content: bytes, media_type: str) -> HttpResponse:
    """The answer that carries a file, made by the room that answers for files."""
    return _answers[0](name=name, content=content, media_type=media_type)
