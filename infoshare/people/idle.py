"""How long the session still lasts, and staying signed in: what `static/js/idle.js` asks."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods


# A form's token is old after a sign-in in another tab, and a POST does no more here than opening
# any page does: so none is asked for.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """The seconds until sign-out, 0 once signed out. Asking extends nothing; a POST does."""
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0})
    request.session.modified = request.method == "POST"
    if request.method == "POST":
        return JsonResponse({"left": settings.SESSION_COOKIE_AGE})
    ends_at = getattr(request.session, "ends_at", None) or timezone.now()
    return JsonResponse({"left": max(0, int((ends_at - timezone.now()).total_seconds()))})
