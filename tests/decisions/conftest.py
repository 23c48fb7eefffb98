"""What tests of decisions may ask for."""

from collections.abc import Callable

import pytest
from django.test import Client

from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.walk import Walk, begin


@pytest.fixture
def walk(cast: Cast, signed_in: Callable[[User], Client]) -> Walk:
    """Priya's fresh draft under england-2026."""
    return begin(signed_in(cast.priya), cast.priya, cast.early_help)
