"""`manage.py check_templates`: refuse templates that name what is not there."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

from infoshare.template_check import complaints


class Command(BaseCommand):
    """Exit 1 with one line for each fault, or say how many templates were read."""

    help = "Compile every template, and follow each template, macro, view and file it names."

    def handle(self, *args: Any, **options: Any) -> None:
        """Raise `CommandError` with every complaint."""
        folder = settings.BASE_DIR / "templates"
        names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))
        views = set(view_names(get_resolver()))
        found = list(
            complaints(
                engines["jinja2"].env,  # type: ignore[attr-defined]
                names,
                view_exists=views.__contains__,
                file_exists=lambda path: bool(finders.find(path)),
            )
        )
        if found:
            raise CommandError("\n".join(map(str, found)))
        self.stdout.write(f"{len(names)} templates are in order.")


def view_names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """The full name (`space:name`) of every view below the resolver that has one."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield prefix + pattern.name
        elif isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from view_names(pattern, prefix + space)
