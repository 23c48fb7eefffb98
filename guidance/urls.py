"""Addresses of this room."""

from django.urls import path

from guidance import compare_views, library_views, views
from guidance.search.views import search

app_name = "guidance"
urlpatterns = [
    path("", views.index, name="index"),
    path("search/", search, name="search"),
    path("protocols/", library_views.protocols, name="protocols"),
    path("library/", library_views.index, name="library"),
    path("library/glossary/", library_views.glossary, name="glossary"),
    path("library/<slug:section_id>/", library_views.section, name="library-section"),
    path("library/<slug:section_id>/<slug:slug>/", library_views.page, name="library-page"),
    path("compare/<slug:left_id>/<slug:right_id>/", compare_views.compared, name="compare"),
    path("<slug:edition_id>/", views.edition, name="edition"),
    path("<slug:edition_id>/flow/", views.flow, name="flow"),
    path("<slug:edition_id>/questions/<slug:question_id>/", views.question, name="question"),
]
