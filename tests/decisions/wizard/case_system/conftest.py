"""A key of Northmoor's case system, and what signs with it: the example of the documentation."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from decisions.wizard.case_system.models import CaseSystemKey
from decisions.wizard.case_system.signing import secret_of
from decisions.wizard.case_system.writers import make_key
from tests.cast import Cast

PAGE = Path(__file__).parents[4] / "docs" / "how-to-start-from-a-case-system.md"
CASE = {
    "case_reference": "CASE-8",
    "who": "child",
    "age": "from-5",
    "information": "Attendance",
    "prompted": "asked",
    "organisation": "Northmoor Homes",
    "role": "Housing officer",
    "deadline": "2030-03-27",
}
Send = Callable[..., Any]


@pytest.fixture(autouse=True)
def lasting_secret(settings: Any) -> None:
    settings.SECRET_KEY_IS_LASTING = True


@pytest.fixture
def key(cast: Cast) -> CaseSystemKey:
    return make_key(organisation=cast.northmoor, name="CareBase")


@pytest.fixture
def send(key: CaseSystemKey) -> Send:
    """`send(case, **headers)` hands a case in as the documentation says; headers are replaced."""
    example: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)[0], example)  # noqa: S102

    def hand_in(case: Any, **other: str) -> Any:
        body = case if isinstance(case, bytes) else json.dumps(case).encode()
        headers = example["signed"](str(key.pk), secret_of(key.pk), body) | {
            name.replace("_", "-"): value for name, value in other.items()
        }
        kind = headers.pop("Content-Type")
        return Client().post("/decisions/start/hand-in/", body, content_type=kind, headers=headers)

    return hand_in
