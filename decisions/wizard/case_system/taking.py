"""The address to which a case system sends a case. It answers in JSON, whatever happens."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from decisions.wizard.case_system.models import CaseSystemKey
from decisions.wizard.case_system.reading import Unreadable, read_context
from decisions.wizard.case_system.signing import SECONDS, Signed, read_headers, secret_of
from decisions.wizard.case_system.writers import MOST_A_MINUTE, SentBefore, TooMany, take_case
from guidance.adoption.standing import standing_of
from infoshare import clock
from infoshare.middleware import read_on, reads_own_body

MOST_BYTES = 20_000


class Refused(Exception):
    """The request is not taken: the status of the reply, why, and what is wrong by key."""

    def __init__(self, status: int, why: str, keys: dict[str, str] | None = None) -> None:
        self.status, self.why, self.keys = status, why, keys or {}
        super().__init__(why)


@csrf_exempt  # another program sends it, and its signature takes the place of a form's token
@login_not_required
@reads_own_body
def hand_in(request: HttpRequest) -> HttpResponse:
    """Take a case from a case system; the address that fills it in once comes back."""
    try:
        return _take(request)
    except Refused as refused:
        said = {"error": refused.why, **({"keys": refused.keys} if refused.keys else {})}
        reply = JsonResponse(said, status=refused.status)
        if refused.status == 405:
            reply["Allow"] = "POST"
        return reply


def _take(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        raise Refused(405, "Send this with POST.")
    body = _body(request)
    key, signed = _signer(request, body)
    try:
        context = read_context(body, standing_of(key.organisation_id).edition)
        token, kept = take_case(key=key, nonce=signed.nonce, context=context)
    except Unreadable as error:
        raise Refused(400, error.why, error.keys) from error
    except SentBefore as error:
        raise Refused(409, "This nonce was used before. Use a new one each time.") from error
    except TooMany as error:
        raise Refused(429, f"At most {MOST_A_MINUTE} cases a minute. Wait a minute.") from error
    address = request.build_absolute_uri(reverse("decisions:start-from", args=[token]))
    expires_at = kept.expires_at.isoformat(timespec="seconds")
    return JsonResponse({"address": address, "expires_at": expires_at}, status=201)


def _body(request: HttpRequest) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        read_on(request)
        raise Refused(413, f"Send at most {MOST_BYTES:,} bytes.")
    try:
        return request.body
    except UnreadablePostError as error:
        raise Refused(400, "The request arrived incomplete. Send it again.") from error


def _signer(request: HttpRequest, body: bytes) -> tuple[CaseSystemKey, Signed]:
    """The key that signed this body, and how. Which of the two is wrong is not told."""
    signed = read_headers(request.headers)
    if signed is None:
        raise Refused(401, "The headers of the signature are missing, or not in their right form.")
    key = CaseSystemKey.objects.filter(pk=signed.key_id, ended_at=None).first()
    # Asked for an unknown key, too, so that the time it takes tells nothing.
    if not signed.is_by(secret_of(signed.key_id), body) or key is None:
        raise Refused(401, "InfoShare does not know this key, or the signature is not right.")
    now = clock.now().timestamp()
    if not signed.is_fresh(now):
        raise Refused(
            401,
            f"The time is more than {SECONDS // 60} minutes from ours, which is {now:.0f}. "
            "Set the clock, and sign each request just before it is sent.",
        )
    return key, signed
