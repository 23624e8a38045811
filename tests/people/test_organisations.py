"""Organisations: relation first, the set-up, and their door at the right place."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.helpers.pages import PageClient
from tests.helpers.people import World, member, organisation

from baken.audit.models import Event
from baken.people import actions, demo, doors, queries
from baken.people.inventory import stored_fields
from baken.people.models import Member, Membership, Organisation
from baken.people.permissions import Answer, Function, Permission, Standing, may
from baken.recognise.current import current_pack, local_regions


def test_every_stored_field_says_what_it_is() -> None:
    silent = [f"{model._meta.label}.{name}" for model, name, kept in stored_fields() if kept is None]
    assert silent == []


def test_relation_comes_before_function() -> None:
    standing = Standing(functions={"here": frozenset(Function)}, platform_administrator=True)
    assert may(standing, Permission.REPORT_READ, "here") is Answer.ALLOWED
    assert may(standing, Permission.REPORT_READ, "there") is Answer.UNKNOWN
    assert may(standing, Permission.REPORT_READ) is Answer.UNKNOWN
    reporter = Standing(functions={"here": frozenset({Function.REPORTER})})
    assert may(reporter, Permission.REPORT_READ, "here") is Answer.REFUSED


def test_access_ends_with_the_function(client: PageClient, world: World) -> None:
    client.force_login(world.ann)
    path = f"/nl/organisation/{world.here.pk}/"
    assert client.get(path).status_code == 200
    actions.end_membership(by=None, membership=world.ann.memberships.get(), now=timezone.now())
    assert client.get(path).status_code == 404


def test_a_membership_of_another_organisation_cannot_be_ended_from_here(client: PageClient, world: World) -> None:
    client.force_login(world.bas)
    theirs = world.cleo.memberships.first()
    assert theirs is not None
    assert client.post(f"/nl/organisation/{world.here.pk}/members/{theirs.pk}/end/").status_code == 404
    assert client.post(f"/nl/organisation/{world.there.pk}/members/{theirs.pk}/end/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.until is None


def test_refusals_are_recorded(client: PageClient, world: World) -> None:
    client.force_login(world.ann)
    assert client.get(f"/nl/organisation/{world.here.pk}/members/").status_code == 403
    last = Event.objects.order_by("sequence").last()
    assert last is not None
    assert (last.outcome, last.member_id) == ("refused", str(world.ann.pk))


def test_the_last_administrator_stays(world: World) -> None:
    held = world.bas.memberships.get(function=Function.ORGANISATION_ADMINISTRATOR)
    with pytest.raises(ValidationError):
        actions.end_membership(by=None, membership=held, now=timezone.now())


def test_setting_up_shows_the_own_focal_point_first(client: PageClient, world: World) -> None:
    client.force_login(world.bas)
    path = f"/nl/organisation/{world.here.pk}/set-up/"
    form = {
        "name": "Gemeente Oostzaan",
        "kind": "municipal",
        "municipalities": "Oostzaan",
        "email": "hier@oostzaan.example",
    }
    assert client.post(path, form | {"municipalities": "Atlantis"}).status_code == 422
    assert client.post(path, form | {"office_hours": "soms"}).status_code == 422
    assert client.post(path, form | {"name": "Gemeente Elders"}).status_code == 422
    done = client.post(path, form | {"phone": "075-7654321", "office_hours": "Mo-Fr 09:00-17:00"}, follow=True)
    assert done.status_code == 200
    doors.forget()
    answer = PageClient().post(
        "/nl/doors/", {"municipality": "Oostzaan", "profession": "desk_clerk", "about": "person", "age": "adult"}
    )
    body = answer.content.decode()
    assert "Gemeente Oostzaan" in body
    assert "hier@oostzaan.example" in body
    assert "075 765 4321" in body or "075-7654321" in body
    assert "hier@oostzaan.example" in PageClient().get("/nl/places.json").content.decode()


def test_the_own_door_is_only_shown_where_it_works(world: World) -> None:
    doors.forget()
    pack = current_pack("nl")
    region = pack.region_of("focal_point", pack.places.find("Oostzaan"))
    assert region is not None
    assert (region.name, region.own) == ("Gemeente Oostzaan", True)
    assert pack.region_of("focal_point", pack.places.find("Zaanstad")) is None


@pytest.mark.django_db
def test_an_organisation_that_is_not_set_up_has_no_door() -> None:
    settings = actions.Settings(name="Nog niet", kind="care", municipalities=["GM0431"])
    actions.create_organisation(by=None, settings=settings, now=timezone.now())
    doors.forget()
    assert local_regions().regions == ()


def test_a_platform_administrator_sees_configuration_only(client: PageClient, world: World) -> None:
    keeper = member("beheer@platform.example")
    keeper.is_platform_administrator = True
    keeper.save()
    client.force_login(keeper)
    assert world.here.name in client.get("/nl/organisation/platform/").content.decode()
    assert client.get(f"/nl/organisation/{world.here.pk}/").status_code == 404
    form = {"name": "Nieuwe zorg", "kind": "care", "email": "eerste@zorg.example"}
    assert client.post("/nl/organisation/platform/invite/", form).status_code == 302
    assert client.post("/nl/organisation/platform/invite/", form).status_code == 422
    assert Organisation.objects.filter(name="Nieuwe zorg", set_up_at=None).exists()


@pytest.mark.django_db
def test_the_database_holds_the_rules() -> None:
    made = organisation()
    who = member("een@een.example")
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member=who, organisation=made, function="king", since=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.create(email="HOOFD@letters.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="gemeente OOSTZAAN", kind="municipal")
    Membership.objects.create(member=who, organisation=made, function="trainer", since=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(member=who, organisation=made, function="trainer", since=now)


@pytest.mark.django_db
def test_the_demo_world_stands_only_in_an_empty_database() -> None:
    made = demo.load(now=timezone.now())
    assert len(made) == 5
    assert len({item.password for item in made}) == 5
    assert all(item.is_demo and item.name.startswith("DEMO") for item in Organisation.objects.all())
    assert len(demo.code_of("aandacht@demo.example")) == 6
    with pytest.raises(demo.NotEmptyError):
        demo.load(now=timezone.now())


def test_a_real_member_has_no_code_that_somebody_else_can_ask_for(world: World) -> None:
    with pytest.raises(demo.NoDemoMemberError):
        demo.code_of(world.bas.email)


def test_members_see_their_own_organisations(world: World) -> None:
    assert list(queries.organisations_visible_to(world.ann, now=timezone.now())) == [world.here]


def test_an_administrator_takes_a_function_at_once_by_inviting_oneself(client: PageClient, world: World) -> None:
    Membership.objects.filter(member=world.bas, function="focal_point").update(until=timezone.now())
    client.force_login(world.bas)
    home = f"/nl/organisation/{world.here.pk}/"
    answer = client.post(f"{home}members/invite/", {"email": world.bas.email, "functions": ["focal_point"]})
    assert answer.headers["Location"] == home
    assert list(queries.focal_points(world.here, now=timezone.now())) == [world.bas]
    assert mail.outbox == []
