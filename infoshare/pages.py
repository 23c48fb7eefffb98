"""Pages that belong to no room: health, help, privacy, accessibility."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
