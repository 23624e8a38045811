"""The pages of the provider: its sign-in and what the toolkit brings."""

from __future__ import annotations

from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path
from django.utils.html import format_html

PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Elders</title></head><body><h1>Elders</h1>
<form method="post"><label>Naam <input name="username"></label><label>Wachtwoord <input type="password" name="password">
</label><input type="hidden" name="next" value="{}"><button>Verder</button></form></body></html>"""


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; then back to where the visitor came from."""
    if request.method == "POST":
        who = authenticate(request, username=request.POST["username"], password=request.POST["password"])
        if who is not None:
            login(request, who)
            return HttpResponseRedirect(request.POST["next"])
    return HttpResponse(format_html(PAGE, request.GET.get("next", request.POST.get("next", ""))))


urlpatterns = [path("login/", sign_in), path("o/", include("oauth2_provider.urls", namespace="oauth2_provider"))]
