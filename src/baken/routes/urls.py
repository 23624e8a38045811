"""URLs of the routes room."""

from django.urls import path

from baken.routes.views import doors, result

app_name = "routes"
urlpatterns = [
    path("check/result/", result.result, name="result"),
    path("doors/", doors.doors, name="doors"),
]
