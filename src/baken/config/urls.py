"""All URLs. Pages stand below the language, so that a link is in the language of who sent it and no cookie is needed."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from baken.ui import views

urlpatterns = [
    path("", views.root, name="root"),
    path("exit/", views.leave, name="exit"),
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service_worker"),
    *i18n_patterns(
        path("", include("baken.ui.urls")),
        path("", include("baken.recognise.urls")),
        path("", include("baken.routes.urls")),
    ),
]
