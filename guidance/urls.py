"""Addresses of this room."""

from django.urls import path

from guidance import views

app_name = "guidance"
urlpatterns = [
    path("", views.index, name="index"),
    path("protocols/", views.protocols, name="protocols"),
    path("<slug:edition_id>/", views.edition, name="edition"),
    path("<slug:edition_id>/flow/", views.flow, name="flow"),
    path("<slug:edition_id>/questions/<slug:question_id>/", views.question, name="question"),
]
