"""The project as an app: its commands and its checks."""

from django.apps import AppConfig
from django.core import checks


class InfoShareConfig(AppConfig):
    name = "infoshare"

    def ready(self) -> None:
        """Register what `manage.py check --deploy` asks of the database."""
        from infoshare.database_roles.checks import check_the_role

        checks.register(check_the_role, checks.Tags.security, deploy=True)
