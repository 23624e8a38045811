"""URLs of the routes room."""

from django.urls import path

from baken.routes.views import countries, doors, footings, meldcode, result, self_help

app_name = "routes"
urlpatterns = [
    path("check/result/", result.result, name="result"),
    path("doors/", doors.doors, name="doors"),
    path("meldcode/", meldcode.meldcode, name="meldcode"),
    path("sharing/", footings.footings, name="footings"),
    path("help/", self_help.self_help, name="help"),
    path("countries/", countries.countries, name="countries"),
    path("countries/<slug:code>/", countries.country, name="country"),
]
