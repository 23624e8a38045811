"""URLs of the routes room."""

from django.urls import path

from baken.routes.views import (
    countries,
    doors,
    embed,
    factsheets,
    footings,
    meldcode,
    note,
    offline_data,
    result,
    self_help,
)

app_name = "routes"
urlpatterns = [
    path("check/result/", result.result, name="result"),
    path("check/note/", note.note, name="note"),
    path("check/result.pdf", note.result_pdf, name="result_pdf"),
    path("embed/result/", embed.result, name="embed_result"),
    path("bundle.json", offline_data.bundle_json, name="bundle"),
    path("places.json", offline_data.places_json, name="places"),
    path("doors/", doors.doors, name="doors"),
    path("factsheets/", factsheets.factsheets, name="factsheets"),
    path("factsheets/set.zip", factsheets.sheet_zip, name="factsheets_zip"),
    path("factsheets/<slug:profession>/", factsheets.sheet, name="factsheet"),
    path("factsheets/<slug:profession>/factsheet.pdf", factsheets.pdf, name="factsheet_pdf"),
    path("meldcode/", meldcode.meldcode, name="meldcode"),
    path("sharing/", footings.footings, name="footings"),
    path("help/", self_help.self_help, name="help"),
    path("countries/", countries.countries, name="countries"),
    path("countries/<slug:code>/", countries.country, name="country"),
]
