"""What can be done with a view of the register: keep it, open it, delete it, take it away."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from decisions.register import taking
from decisions.register.asking import Asked, asked_by
from decisions.register.files import TYPES
from decisions.register.forms import FORMS, KeepForm, TakeForm
from decisions.register.page import shown
from decisions.register.saved import Refused, as_sent, forget_view, keep_view, view_of
from decisions.register.selecting import chosen
from decisions.wizard.replies import see_other
from infoshare import clock

TOO_MANY = (
    f"This view has more than {taking.MOST:,} decisions, and a file can hold no more. "
    "Narrow it, for example by dates, and take it away in parts."
)


@require_safe
def saved_view(request: HttpRequest, view_id: uuid.UUID) -> HttpResponse:
    """A view that the person kept."""
    view = view_of(request.user, view_id)
    return TemplateResponse(
        request, "decisions/register/list.html", shown(asked_by(request, as_sent(view.pairs), view))
    )


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the view that the page showed, under a name."""
    asked, keep = _of(request), KeepForm(request.POST)
    if asked.is_valid and keep.is_valid():
        try:
            view = keep_view(person=asked.person, name=keep.cleaned_data["name"], view=asked.view)
        except Refused as refused:
            keep.add_error("name", str(refused))
        else:
            messages.success(request, "The view is kept.")
            return see_other("decisions:saved-view", view_id=view.pk)
    return TemplateResponse(request, "decisions/register/list.html", shown(asked, keep=keep))


@require_POST
def delete_view(request: HttpRequest, view_id: uuid.UUID) -> HttpResponse:
    """Delete a view that the person kept."""
    view = view_of(request.user, view_id)
    forget_view(view=view)
    messages.success(request, "The view is deleted.")
    return see_other("decisions:register")


@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """The view that the page showed, as a file; its hash is in the ledger before it leaves."""
    asked, form = _of(request), TakeForm(request.POST)
    if asked.is_valid and form.is_valid():
        kind = form.cleaned_data["file"]
        try:
            taken = taking.take_away(
                person=asked.person,
                rows=chosen(asked.person, asked.view),
                view=asked.view,
                kind=kind,
                with_cases=form.cleaned_data["with_cases"],
            )
        except taking.TooMany:
            form.add_error(None, TOO_MANY)
        else:
            name = f"decisions-{timezone.localtime(clock.now()):%Y-%m-%d-%H%M}.{kind}"
            return FileResponse(
                taken.file, as_attachment=True, filename=name, content_type=TYPES[kind]
            )
    return TemplateResponse(request, "decisions/register/list.html", shown(asked, take=form))


def _of(request: HttpRequest) -> Asked:
    """The view that the form carries beside its own fields."""
    data = request.POST.copy()
    for form in FORMS:
        for name in form.base_fields:
            data.pop(name, None)
    return asked_by(request, data)
