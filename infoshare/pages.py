"""Pages that belong to no room: health, help, privacy, accessibility."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from infoshare.jobs.standing import standing


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 "ok" while the database answers, 503 when it does not. It tells nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def health_of_jobs(request: HttpRequest) -> HttpResponse:
    """200 while a worker is alive, 503 when none is: its last sign of life, and three numbers."""
    try:
        now = standing()
    except DatabaseError:
        return HttpResponse("unavailable\n", status=503, content_type="text/plain")
    beat = "none" if now.heartbeat is None else f"{now.heartbeat:.0f} s ago"
    said = f"worker: {beat}\njobs waiting: {now.waiting}\njobs failed: {now.failed}\n"
    return HttpResponse(said, status=200 if now.alive else 503, content_type="text/plain")


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How to use InfoShare."""
    return render(request, "pages/help.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is held about whom, why, and who sees it."""
    return render(request, "pages/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible InfoShare is and how that was tested."""
    return render(request, "pages/accessibility.html")


urlpatterns = [
    path("health/", health, name="health"),
    path("health/jobs/", health_of_jobs, name="health-jobs"),
    path("help/", help_page, name="help"),
    path("privacy/", privacy, name="privacy"),
    path("accessibility/", accessibility, name="accessibility"),
]
