"""Addresses of the pages on which an organisation's edition is adopted."""

from django.urls import path

from guidance.adoption import views

app_name = "adoption"
urlpatterns = [
    path("", views.adoptions, name="adoptions"),
    path("<uuid:organisation_id>/adopt/", views.adopt, name="adopt"),
    path("adoptions/<uuid:adoption_id>/end/", views.end, name="end"),
    path("adoptions/<uuid:adoption_id>/changes/", views.changes, name="changes"),
]
