"""What every address of a draft answers when the draft is closed, or somebody else's by now.

A middleware, so that no page of a draft can forget it: the views and the writers only raise.
Words that were sent are handed back.
"""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.deprecation import MiddlewareMixin

from decisions.wizard.closing.models import DraftEvent
from decisions.wizard.closing.reasons import REASONS
from decisions.wizard.closing.state import Closed, can_come_back, kept_until
from decisions.wizard.drafts import HandedOver
from decisions.wizard.models import Draft
from decisions.wizard.replies import CONFLICT, see_other
from infoshare import hand_back

FORBIDDEN = 403
# What a page sends by itself, beside the person's words.
BY_THE_PAGE = {"based_on", "seen", "page", "turn", "unused", "go", "return", "token", "owner"}


class UnavailableDrafts(MiddlewareMixin):
    """Turns `Closed` and `HandedOver` into the page that says what happened."""

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for the two errors; None for any other."""
        if isinstance(error, Closed):
            return show_closed(request, error.draft)
        if isinstance(error, HandedOver):
            return show_handed_over(request, error.draft)
        return None


def show_closed(request: HttpRequest, draft: Draft) -> HttpResponse:
    """When it closed, by whom, and the button that brings it back; 409 with words sent to it."""
    typed = words_sent(request)
    if request.method == "POST" and not typed:
        return see_other("decisions:resume", draft_id=draft.pk)
    kinds = (DraftEvent.DISCARDED, DraftEvent.EXPIRED)
    event = draft.events.filter(kind__in=kinds).select_related("actor").order_by("-id").first()
    by_hand = event if draft.closed_at and event and event.kind == DraftEvent.DISCARDED else None
    context = {
        "draft": draft,
        "discarded": by_hand,
        "reason": REASONS.get(by_hand.details["reason"], "") if by_hand else "",
        "can_come_back": can_come_back(draft),
        "kept_until": kept_until(draft),
        "typed": typed,
    }
    status = CONFLICT if typed else 200
    return TemplateResponse(request, "decisions/closing/closed.html", context, status=status)


def show_handed_over(request: HttpRequest, draft: Draft) -> HttpResponse:
    """By whom and when it was handed over: 403, or 409 with words sent to it."""
    typed = words_sent(request)
    context = {"event": draft.hand_over, "team": draft.team, "owner": draft.owner, "typed": typed}
    status = CONFLICT if typed else FORBIDDEN
    return TemplateResponse(request, "decisions/hand_over/gone.html", context, status=status)


def words_sent(request: HttpRequest) -> list[hand_back.Sent]:
    """All that a person typed or chose on the page that was sent, as it came."""
    return [
        sent
        for sent in hand_back.package(request).fields
        if sent.value and sent.name not in BY_THE_PAGE and not sent.name.endswith("-current_step")
    ]
