"""URLs of the pages that belong to no capability, below the language."""

from django.urls import path

from baken.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.start, name="start"),
    path("sources/", views.sources, name="sources"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("about/", views.about, name="about"),
    path("offline/", views.offline, name="offline"),
]
