"""Procedures: the pages on which an information governance lead writes them, and their versions."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from guidance.local import places
from guidance.local.access import lead_of, led_by, number, see_other
from guidance.local.forms import ProcedureForm, has_passed
from guidance.local.models import Procedure
from guidance.local.procedures import (
    DateHasPassed,
    NothingToEnd,
    StaleProcedure,
    save_procedure,
    timetable,
    versions,
)
from guidance.rulebook import catalogue
from infoshare import clock
from infoshare.people import policy
from infoshare.people.models import Organisation, User

CONFLICT = 409
EDIT = policy.Action.EDIT_LOCAL
Held = dict[tuple[uuid.UUID, str, str], list[Procedure]]
"""Every version by organisation, question and setting."""


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Every question with what the lead's organisations say at it now, and what is to come."""
    _, led = lead_of(request, EDIT)
    held: Held = {}
    for one in Procedure.objects.filter(organisation__in=led).order_by("number"):
        held.setdefault((one.organisation_id, one.question, one.setting), []).append(one)
    rows = [
        {
            "organisation": organisation,
            "questions": [
                _row(held, organisation, question) for question in _questions(held, organisation)
            ],
        }
        for organisation in led
    ]
    return TemplateResponse(request, "local/procedures.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def procedure(
    request: HttpRequest, organisation_id: uuid.UUID, question: str, setting: str = ""
) -> HttpResponse:
    """The procedure of a question, for every setting or for one; a POST adds a version."""
    lead, organisation = led_by(request, EDIT, organisation_id)
    newest = versions(organisation.pk, question, setting).first()
    # A question that no edition asks any more still is one in older drafts.
    if newest is None and not _is_place(question, setting):
        raise Http404
    page = _Page(request, organisation, question, setting)
    if request.method != "POST":
        return page.show(_form_of(newest))
    form = ProcedureForm(request.POST)
    return page.save(form, lead) if form.is_valid() else page.show(form)


@require_safe
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """One version, for whoever works in its organisation: a record may name it."""
    found = Procedure.objects.select_related("organisation", "by").filter(pk=version_id).first()
    if found is None or not policy.can(request.user, policy.Action.READ_GUIDANCE, found):
        raise Http404
    context = {
        "one": found,
        "question_title": title_of(found.question),
        "setting_label": setting_label(found.setting),
    }
    return TemplateResponse(request, "local/version.html", context)


def title_of(question: str) -> str:
    """The question as the edition in use asks it; its id once no edition asks it any more."""
    guide = places.questions().get(question)
    return guide.title if guide else question


def setting_label(setting: str) -> str:
    """The setting in words; "" for every setting."""
    if not setting:
        return ""
    options = catalogue.shipped()[catalogue.DEFAULT].question(places.SETTING).options
    return next((one.label for one in options if one.id == setting), setting)


class _Page:
    """The page of one place for a procedure, as it is shown and sent."""

    def __init__(
        self, request: HttpRequest, organisation: Organisation, question: str, setting: str
    ) -> None:
        self.request, self.organisation = request, organisation
        self.question, self.setting = question, setting

    def save(self, form: ProcedureForm, lead: User) -> HttpResponse:
        """Add the version; what cannot be saved is shown with all that was typed."""
        try:
            saved = save_procedure(
                organisation=self.organisation,
                person=lead,
                question=self.question,
                setting=self.setting,
                text=form.cleaned_data["text"],
                in_force_from=form.cleaned_data["in_force_from"],
                seen=number(self.request.POST.get("seen")),
            )
        except StaleProcedure as stale:
            return self.show(form, newer=stale.newest)
        except NothingToEnd:
            form.add_error("text", "Write the procedure: there is none yet that could end")
            return self.show(form)
        except DateHasPassed:  # midnight went by
            form.add_error("in_force_from", has_passed())
            return self.show(form)
        messages.success(self.request, _said(saved))
        return see_other("local:procedures")

    def show(self, form: ProcedureForm, newer: Procedure | None = None) -> HttpResponse:
        """The page; the status is 409 when another version was saved since it was made."""
        found = list(versions(self.organisation.pk, self.question, self.setting))
        newest = found[0].number if found else 0
        is_first = newer is not None or not form.is_bound
        context: dict[str, Any] = {
            "form": form,
            "newer": newer,
            "seen": newest if is_first else number(self.request.POST.get("seen")),
            "organisation": self.organisation,
            "question": self.question,
            "guide": places.questions().get(self.question),
            "question_title": title_of(self.question),
            "setting": self.setting,
            "setting_label": setting_label(self.setting),
            "settings": places.settings_of(self.question),
            "versions": found,
            "timetable": timetable(found, clock.today()),
            "edition": catalogue.shipped()[catalogue.DEFAULT],
        }
        status = CONFLICT if newer else 200
        return TemplateResponse(self.request, "local/procedure.html", context, status=status)


def _is_place(question: str, setting: str) -> bool:
    return question in places.questions() and (
        not setting or setting in places.settings_of(question)
    )


def _form_of(newest: Procedure | None) -> ProcedureForm:
    """The form with the newest text; from today, unless that text is still to come."""
    today = clock.today()
    day = max(today, newest.in_force_from) if newest else today
    return ProcedureForm(initial={"text": newest.text if newest else "", "in_force_from": day})


def _questions(held: Held, organisation: Organisation) -> list[str]:
    """Every question of the editions, then those that only this organisation's texts still name."""
    written = [question for place, question, _ in held if place == organisation.pk]
    return list(dict.fromkeys([*places.questions(), *written]))


def _row(held: Held, organisation: Organisation, question: str) -> dict[str, Any]:
    """A question with each of its texts that is in force or to come."""
    today, texts = clock.today(), []
    written = [place[2] for place in held if place[:2] == (organisation.pk, question)]
    for setting in dict.fromkeys(["", *places.settings_of(question), *written]):
        times = timetable(held.get((organisation.pk, question, setting), ()), today)
        if (times.now and times.now.text) or times.coming:
            label = setting_label(setting)
            texts.append({"setting": setting, "label": label, "times": times})
    return {"question": question, "title": title_of(question), "texts": texts}


def _said(saved: Procedure) -> str:
    day = f"{saved.in_force_from.day} {saved.in_force_from:%B %Y}"
    if not saved.text:
        return f"From {day} your organisation says nothing of its own here."
    return f"Your procedure is saved. Practitioners see it from {day}."
