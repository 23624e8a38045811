"""Pages of notices, below ``/<language>/account/notices/``."""

from django.urls import path

from baken.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("seen/", views.seen, name="seen"),
    path("e-mail/", views.preferences, name="preferences"),
    path("calendar/", views.own_calendar, name="calendar"),
    path("calendar/end/", views.end_calendar, name="end_calendar"),
]
