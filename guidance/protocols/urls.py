"""Addresses of the register."""

from django.urls import path

from guidance.protocols import document_views as documents
from guidance.protocols import views

app_name = "protocols"
urlpatterns = [
    path("", views.index, name="register"),
    path("due/", views.due, name="due"),
    path("new/<uuid:organisation_id>/", views.new, name="new"),
    path("<uuid:protocol_id>/", views.protocol, name="protocol"),
    path("<uuid:protocol_id>/change/", views.change, name="change"),
    path("<uuid:protocol_id>/versions/<int:number>/", views.version, name="version"),
    path("<uuid:protocol_id>/document/", documents.attach, name="attach"),
    path("<uuid:protocol_id>/documents/<slug:digest>/", documents.download, name="document"),
]
