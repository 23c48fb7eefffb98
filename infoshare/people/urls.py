"""Sign-in and passwords: those of allauth's pages that we serve, under its own names. And settings.

Of allauth's, what is not listed does not exist. Signing up is one of those.
"""

from allauth.account import views
from django.urls import path, re_path

from infoshare.people import cover_page
from infoshare.people.idle import session
from infoshare.people.organisation import settings_page
from infoshare.people.sign_in import AskForResetView

urlpatterns = [
    path("organisation/settings/", settings_page, name="organisation-settings"),
    path("team/cover/", cover_page.covers, name="covers"),
    path("team/cover/<uuid:cover_id>/end/", cover_page.end, name="cover-end"),
    path("sign-in/", views.login, name="account_login"),
    path("sign-in/closed/", views.account_inactive, name="account_inactive"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-in/again/", views.reauthenticate, name="account_reauthenticate"),
    path("session/", session, name="session"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", AskForResetView.as_view(), name="account_reset_password"),
    path("password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
