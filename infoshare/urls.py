"""Every address of InfoShare, room by room."""

from django.urls import include, path

from decisions.register.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("decisions.urls")),
    path("organisation/editions/", include("guidance.adoption.urls")),
    path("guidance/", include("guidance.urls")),
    path("organisation/", include("guidance.local.urls")),
    path("protocols/", include("guidance.protocols.urls")),
    path("", include("infoshare.people.urls")),
    path("", include("infoshare.pages")),
]
handler400 = "infoshare.errors.bad_request"
handler403 = "infoshare.errors.forbidden"
handler404 = "infoshare.errors.not_found"
handler500 = "infoshare.errors.server_error"
