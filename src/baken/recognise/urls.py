"""URLs of the recognise room."""

from django.urls import path

from baken.recognise import embed, views

app_name = "recognise"
urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/signs/", views.signs, name="signs"),
    path("embed/check/", embed.check, name="embed"),
]
