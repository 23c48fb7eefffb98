"""Choose what is to be in an export."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from decisions.export import planning
from decisions.export.access import organisations_of
from decisions.export.choosing import Choice, filters_in_words
from decisions.export.forms import FIELDS, SAMPLE, ChooseForm
from decisions.export.models import Export, Form
from decisions.register.asking import Asked, asked_by
from decisions.register.models import Entry
from decisions.register.page import rows_of
from decisions.wizard.replies import see_other
from infoshare.ledger import checkpoints
from infoshare.people import policy
from infoshare.people.models import Organisation

PLAN = "plan"  # what the form's button sends
NOTHING = "No decision fits this choice. Choose other filters in the list of decisions"
NO_KEY = (
    "No export can be made yet, because InfoShare has no signing key, and without one nothing "
    "could be proven. Those who run InfoShare can make one"
)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """What an export is to have; once that is said, its plan.

    The view comes by the address, or by POST when words were typed in it.
    """
    _, organisations = organisations_of(request.user)
    data = request.POST if request.method == "POST" else request.GET
    asked = asked_by(request, _less(data))
    if not asked.is_valid:
        return _page(request, asked, {})
    rows = rows_of(asked).filter(policy.visible(asked.person, policy.Action.EXPORT_RECORDS))
    counts = _counts(rows, organisations)
    is_sent = request.method == "POST" and data.get("go") == PLAN
    form = ChooseForm(request.POST if is_sent else None, organisations=_labels(counts))
    if is_sent and form.is_valid():
        plan = _plan(asked, rows, organisations, form)
        if plan is not None:
            return see_other("decisions:export", export_id=plan.pk)
    return _page(request, asked, {"choose": form, "found": sum(counts.values())})


def _plan(
    asked: Asked, rows: QuerySet[Entry], organisations: Sequence[Organisation], form: ChooseForm
) -> Export | None:
    """The plan; None when it cannot be, which the form then says."""
    kind = Form(form.cleaned_data["kind"])
    choice = Choice(filters_in_words(asked.form, kind), asked.view.sort, form.sample())
    try:
        return planning.plan_export(
            person=asked.person,
            organisation=next(
                one for one in organisations if str(one.pk) == form.chosen_organisation()
            ),
            rows=rows,
            choice=choice,
            form=kind,
            purpose=form.cleaned_data["purpose"],
        )
    except planning.NothingFits:
        form.add_error("take", NOTHING)
    except planning.SampleTooLarge as refused:
        form.add_error("size", f"Only {_decisions(refused.found)} fit. Choose a smaller sample")
    except planning.TooMany as refused:
        if choice.sample:
            most = f"One export may have {_decisions(refused.most)} at most"
            form.add_error("size", f"{most}. Choose a smaller sample")
        else:
            form.add_error("take", _too_many(refused))
    except planning.CannotSign:
        form.add_error(None, NO_KEY)
    return None


def _too_many(refused: planning.TooMany) -> str:
    return (
        f"{_decisions(refused.wanted)} fit. One export may have {refused.most:,} at most. "
        "Narrow the list, for example by dates, or take a sample"
    )


def _decisions(number: int) -> str:
    return f"{number:,} decision{'' if number == 1 else 's'}"


def _less(sent: Any) -> Any:
    """What was sent of the view, less what is the form's own."""
    data = sent.copy()
    for name in FIELDS:
        data.pop(name, None)
    return data


def _counts(
    rows: QuerySet[Entry], organisations: Sequence[Organisation]
) -> Mapping[Organisation, int]:
    """How many of these entries each organisation has."""
    by_id = dict(rows.order_by().values_list("organisation").annotate(Count("pk")))
    return {one: by_id.get(one.pk, 0) for one in organisations}


def _labels(counts: Mapping[Organisation, int]) -> dict[str, str]:
    return {str(one.pk): f"{one.name} ({_decisions(number)})" for one, number in counts.items()}


def _page(request: HttpRequest, asked: Asked, more: Mapping[str, Any]) -> HttpResponse:
    context: dict[str, Any] = {"form": asked.form, "can_sign": checkpoints.can_sign(), **more}
    if asked.is_valid:
        context |= {
            "held": asked.view.pairs(),
            "picked": [asked.form.said(name) for name in asked.view.narrowed_by()],
            "is_typed": asked.view.is_typed,
            "address": asked.address,
            "most": {one.export_most for one in organisations_of(asked.person)[1]},
            "sample": SAMPLE,
        }
    return TemplateResponse(request, "decisions/export/new.html", context)
