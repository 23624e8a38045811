"""Pages of organisations, below ``/<language>/organisation/``."""

from django.urls import path

from baken.people.views import organisation, platform

app_name = "people"
urlpatterns = [
    path("", organisation.home, name="home"),
    path("platform/", platform.organisations, name="platform"),
    path("platform/invite/", platform.invite_organisation, name="invite_organisation"),
    path("<uuid:organisation_id>/", organisation.organisation, name="organisation"),
    path("<uuid:organisation_id>/set-up/", organisation.set_up, name="set_up"),
    path("<uuid:organisation_id>/set-up/done/", organisation.set_up_done, name="set_up_done"),
    path("<uuid:organisation_id>/members/", organisation.member_list, name="members"),
    path("<uuid:organisation_id>/members/invite/", organisation.invite_member, name="invite_member"),
    path(
        "<uuid:organisation_id>/members/<uuid:membership_id>/end/", organisation.end_membership, name="end_membership"
    ),
]
