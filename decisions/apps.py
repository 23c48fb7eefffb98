from django.apps import AppConfig
from django.core import checks


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "Decisions"

    def ready(self) -> None:
        from decisions.demo.checks import check_no_demo_people

        checks.register(check_no_demo_people, checks.Tags.database)
