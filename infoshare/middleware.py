"""What every request passes through."""

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class NoStore:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)


class StrictText(NoStore):
    pass


class SignInFirst(LoginRequiredMiddleware):
    pass
