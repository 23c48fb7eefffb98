"""Auditors have every decision of their organisation run again, and read what came of it."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from decisions.replay.asking import ask_for_replay
from decisions.replay.models import Replay
from decisions.wizard.replies import see_other
from infoshare.jobs.standing import standing
from infoshare.people import policy
from infoshare.people.models import Organisation, User

MOST_LISTED = 20


@require_http_methods(["GET", "HEAD", "POST"])
def replays(request: HttpRequest) -> HttpResponse:
    """The runs of the person's organisations, newest first; a POST asks for one more."""
    person = request.user
    organisations = _organisations(person)
    if not isinstance(person, User) or not organisations:
        raise PermissionDenied("Only auditors have decisions run again")
    if request.method == "POST":
        chosen = request.POST.get("organisation")
        for organisation in organisations:
            if str(organisation.pk) == chosen:
                run = ask_for_replay(organisation=organisation, person=person)
                return see_other("decisions:replay", run_id=run.pk)
        raise Http404
    runs = Replay.objects.filter(organisation__in=organisations)
    context = {
        "organisations": organisations,
        "runs": runs.select_related("organisation", "asked_by").order_by("-asked_at")[:MOST_LISTED],
    }
    return TemplateResponse(request, "decisions/replay/list.html", context)


@require_safe
def replay(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """How far a run is, and once it is done what came of it."""
    run = Replay.objects.select_related("organisation", "asked_by").filter(pk=run_id).first()
    if run is None or run.organisation not in _organisations(request.user):
        raise Http404
    context = {
        "run": run,
        "here": reverse("decisions:replay", args=[run.pk]),
        "no_worker": not run.is_done and not standing().alive,
    }
    return TemplateResponse(request, "decisions/replay/run.html", context)


def _organisations(person: policy.Person) -> list[Organisation]:
    reach = policy.reach_of(person, policy.Action.REPLAY_RECORDS)
    return list(Organisation.objects.filter(pk__in=reach.organisations).order_by("name"))
