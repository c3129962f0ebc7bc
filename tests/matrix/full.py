"""The whole matrix, one persona after another: run by `python -m checks.matrix`, not by `make test`."""

import json
import os
from pathlib import Path

import pytest

from tests.matrix.personas import PERSONAS
from tests.matrix.walking import METHODS, walk
from tests.test_doors import house  # noqa: F401 - the same furnished house

REALLY = ("get", "post")
KNOCKS = [method for method in METHODS if method not in REALLY]


@pytest.mark.django_db
@pytest.mark.parametrize("persona", PERSONAS, ids=[persona.name for persona in PERSONAS])
def test_all_cells_of_one_persona(house, persona):  # noqa: F811 - the fixture above
    found = walk(house, persona, whole=REALLY, doors_only=KNOCKS, known=True)
    Path(os.environ["MATRIX_FINDINGS"], f"{persona.name}.json").write_text(json.dumps(vars(found)))
