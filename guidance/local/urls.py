"""Addresses of this room."""

from django.urls import path

from guidance.local import list_views, procedure_views, views

app_name = "local"
urlpatterns = [
    path("", views.index, name="index"),
    path("procedures/", procedure_views.procedures, name="procedures"),
    path("procedures/version/<int:version_id>/", procedure_views.version, name="version"),
    path(
        "procedures/<uuid:organisation_id>/<slug:question>/",
        procedure_views.procedure,
        name="procedure",
    ),
    path(
        "procedures/<uuid:organisation_id>/<slug:question>/<slug:setting>/",
        procedure_views.procedure,
        name="procedure-in",
    ),
    path("ring/", list_views.ring, name="ring"),
    path("contacts/", list_views.contacts, name="contacts"),
    path("contacts/add/<uuid:organisation_id>/", list_views.add_contact, name="contact-add"),
    path("contacts/<uuid:entry>/", list_views.contact, name="contact"),
    path("retention/", list_views.retention, name="retention"),
    path("retention/add/<uuid:organisation_id>/", list_views.add_retention, name="retention-add"),
    path("retention/<uuid:entry>/", list_views.retention_class, name="retention-class"),
]
