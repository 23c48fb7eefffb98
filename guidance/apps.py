from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class GuidanceConfig(AppConfig):
    name = "guidance"
    verbose_name = "Guidance"

    def ready(self) -> None:
        from guidance.adoption.changed import check_adopted_editions
        from guidance.checks import check_editions, check_library
        from guidance.protocols import register
        from guidance.search.index import after_migrate
        from infoshare.navigation import waiting

        waiting["protocols:register"] = register.waiting
        checks.register(check_editions, "guidance")
        checks.register(check_library, "guidance")
        checks.register(check_adopted_editions, checks.Tags.database)
        post_migrate.connect(after_migrate, sender=self)
