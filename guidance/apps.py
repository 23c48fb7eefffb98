from django.apps import AppConfig
from django.core import checks


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Guidance"

    def ready(self) -> None:
        from guidance.checks import check_editions, check_library

        checks.register(check_editions, "guidance")
        checks.register(check_library, "guidance")
