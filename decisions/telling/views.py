"""A person's messages, marking them as read, and how they want to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from decisions.telling.forms import TellingForm
from decisions.telling.kinds import WORDS
from decisions.telling.letter import whose
from decisions.telling.listing import Row, known_to
from decisions.telling.models import MailChoice, Rhythm
from decisions.telling.writers import choose, mark_read
from decisions.wizard.access import person_of
from decisions.wizard.replies import see_other
from infoshare.people import policy

A_PAGE = 25
LARGEST = 2**63 - 1


@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """The person's messages, newest first; those that are not read yet are marked."""
    person = person_of(request)
    found = known_to(person).select_related("team").order_by("-id")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [Row(one) for one in page]
    context = {
        "page": page,
        "rows": rows,
        "newest": rows[0].message.pk if rows else 0,
        "has_unread": found.filter(read_at__isnull=True).exists(),
    }
    return TemplateResponse(request, "decisions/telling/list.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one message as read, or all up to the newest that the page showed."""
    person = person_of(request)
    one, up_to = request.POST.get("message", ""), request.POST.get("up_to", "")
    if one:
        mark_read(person=person, up_to=LARGEST, message_id=_number(one))
    else:
        mark_read(person=person, up_to=_number(up_to))
    return see_other("decisions:messages")


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """How often the person wants mail, and what they are told; a POST saves it."""
    person = person_of(request)
    choice = MailChoice.objects.filter(person=person).first() or MailChoice(person=person)
    form = TellingForm(
        request.POST if request.method == "POST" else None, choice=choice, person=person
    )
    if form.is_valid():
        choose(person=person, rhythm=Rhythm(form.cleaned_data["rhythm"]), off=form.off())
        messages.success(request, "Saved. This is how you are told from now on.")
        return see_other("decisions:messages")
    always = [
        one.switch for one in WORDS.values() if one.is_critical and policy.can(person, one.action)
    ]
    context = {"form": form, "always": always, "email": person.email}
    return TemplateResponse(request, "decisions/telling/settings.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Where a link in a mail leads: a button that ends the mails, without signing in."""
    person = whose(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        choice = MailChoice.objects.filter(person=person).first()
        choose(person=person, rhythm=Rhythm.NEVER, off=choice.off if choice else [])
    context = {"is_stopped": request.method == "POST"}
    return TemplateResponse(request, "decisions/telling/stop.html", context)


def _number(text: str) -> int:
    """The id of a message; `Http404` for what can be none."""
    if text.isascii() and text.isdigit() and len(text) < 19:
        return int(text)
    raise Http404
