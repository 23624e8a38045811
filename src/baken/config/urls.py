"""All URLs. Pages stand below the language: a link is in the language of who sent it, and no cookie is needed."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from baken.audience import public, public_tree
from baken.config import api, hsds
from baken.directory.views import card
from baken.notices.views import calendar_feed
from baken.recognise import embed
from baken.ui import views

urlpatterns = [
    path("", views.root, name="root"),
    path("exit/", views.leave, name="exit"),
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("embed/baken-check.js", embed.script, name="embed_script"),
    path("calendar/<str:token>.ics", calendar_feed, name="calendar_feed"),
    path("k/<slug:card>/", card.short, name="card_any"),
    path("k/<slug:card>/<slug:language>/", card.short, name="card_short"),
    public_tree(path("api/v1/", include((api.urlpatterns, "api")))),
    re_path("^api(?:/|$)", public(api.elsewhere), name="api_elsewhere"),
    public_tree(path("hsds/v3/", include((hsds.urlpatterns, "hsds")))),
    re_path("^hsds(?:/|$)", public(hsds.elsewhere), name="hsds_elsewhere"),
    *i18n_patterns(
        path("", include("baken.ui.urls")),
        path("", include("baken.recognise.urls")),
        path("", include("baken.routes.urls")),
        path("account/", include("baken.people.account_urls")),
        path("account/map/", include("baken.directory.inside_urls")),
        path("account/notices/", include("baken.notices.urls")),
        path("", include("baken.vault.urls")),
        path("organisation/", include("baken.people.urls")),
        path("organisation/<uuid:organisation_id>/", include("baken.reports.member_urls")),
        path("", include("baken.reports.public_urls")),
        path("map/", include("baken.directory.public_urls")),
        path("map/owner/", include("baken.directory.owner_urls")),
        path("organisation/<uuid:organisation_id>/directory/", include("baken.directory.member_urls")),
    ),
]
