"""A few small pages behind the real middleware, for tests of what every request meets."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from infoshare.fields import DateField, LongTextField, OptionField, ShortTextField
from infoshare.urls import handler400, handler403, handler404, handler500  # noqa: F401
from infoshare.urls import urlpatterns as real

PAGE = """
{% extends "base.html" %}
{% from "components/form.html" import error_summary, fields %}
{% block title %}Duty{% endblock %}
{% block content %}
{{ error_summary(form) }}
<form method="post" novalidate autocomplete="off" data-keep-on-failure>
  {{ csrf_input }}{{ fields(form, heading=true) }}
  <button type="submit" class="govuk-button" data-module="govuk-button"
          data-prevent-double-click="true" name="go" value="continue">Save and continue</button>
</form>
{% endblock %}
{% block aside %}<section><h2 class="govuk-heading-s">Golden rule 2</h2><p>Be open.</p></section>
{% endblock %}
"""


class ToyForm(forms.Form):
    """One field of each of our kinds, and some of Django's."""

    answer = OptionField(
        label="Does the law require you to share?",
        help_text="Think of the law that binds you.",
        options=[
            ("yes", "Yes", "A court order or an Act says so"),
            ("no", "No", ""),
            ("not-sure", "I am not sure", "You will be told who to ask"),
        ],
        reveals={"yes": "which"},
    )
    which = ShortTextField(label="Which law?", required=False)
    reason = LongTextField(label="Your reasons", help_text="Leave out names.")
    told = DateField(label="When did you tell them?", required=False)
    team = forms.ChoiceField(choices=[("", "Choose one"), ("a", "Early Help")], required=False)
    seen = forms.BooleanField(label="I have read the guidance", required=False)
    kinds = forms.MultipleChoiceField(
        choices=[("a", "Health"), ("b", "Housing")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    email = forms.EmailField(label="E-mail address", required=False)
    password = forms.CharField(widget=forms.PasswordInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=3, required=False)


def echo(request: HttpRequest) -> HttpResponse:
    """Says back what was posted in `reason`; signed-in people only."""
    return HttpResponse(request.POST.get("reason", "nothing"))


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    """The toy form, open to all; a valid one leads to the help page."""
    bound = ToyForm(request.POST) if request.method == "POST" else ToyForm()
    if bound.is_valid():
        return redirect("help")
    return HttpResponse(engines.all()[0].from_string(PAGE).render({"form": bound}, request))


def closed(request: HttpRequest) -> HttpResponse:
    """The toy form again, for signed-in people only."""
    return form(request)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Has a mistake in it."""
    raise ZeroDivisionError


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    """Is not for you."""
    raise PermissionDenied


@csrf_exempt
@login_not_required
def exempt(request: HttpRequest) -> HttpResponse:
    """Takes anything, so that only what stands before the view can refuse it."""
    return HttpResponse(request.POST.get("reason", "nothing"))


urlpatterns = [
    path("toy/echo/", echo),
    path("toy/form/", form),
    path("toy/closed/", closed),
    path("toy/broken/", broken),
    path("toy/refused/", refused),
    path("toy/exempt/", exempt),
    *real,
]
