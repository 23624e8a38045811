"""Addresses of the pages of the editors of the social map, below ``/<language>/organisation/<organisation>/directory/``."""

from __future__ import annotations

from django.urls import path

from baken.directory.views.editing import (
    calling,
    exporting,
    figures,
    home,
    importing,
    leaving_out,
    listing,
    proposals,
    service,
    translating,
    watching,
    writing,
)

app_name = "directory_editing"
SERVICE = "services/<uuid:service_id>/"
urlpatterns = [
    path("", home.home, name="home"),
    path("calls/", home.calls, name="calls"),
    path("watch/", watching.watch, name="watch"),
    path("services/", listing.services, name="services"),
    path("services/add/", writing.add, name="add"),
    path(SERVICE, service.service, name="service"),
    path(f"{SERVICE}edit/", writing.edit, name="edit"),
    path(f"{SERVICE}owner/", service.owner, name="owner"),
    path(f"{SERVICE}call/", calling.call_service, name="call"),
    path(f"{SERVICE}in/<slug:language>/", translating.translate, name="translate"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<uuid:proposal_id>/", proposals.decide_proposal, name="decide"),
    path("translations/", translating.translations, name="translations"),
    path("left-out/", leaving_out.left_out, name="left_out"),
    path("left-out/<uuid:row_id>/", leaving_out.let_back_in, name="let_in"),
    path("figures/", figures.figures, name="figures"),
    path("import/", importing.take_in, name="import"),
    path("export/", exporting.give_out, name="export"),
    path("export/<slug:form>/<slug:whose>/", exporting.give_file, name="give_file"),
]
