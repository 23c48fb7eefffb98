"""The demo's people have passwords that everyone knows, so they are only made in a demo."""

import pytest
from django.core.management import CommandError, call_command


def test_a_real_installation_gets_no_demo(settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="This is not a demo"):
        call_command("prepare_demo")
