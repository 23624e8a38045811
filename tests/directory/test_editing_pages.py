"""What editors see and do: today, calls, a second person, translations, the register of who is left out, and figures."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.helpers import directory
from tests.helpers.editing import Editors, there
from tests.helpers.people import member

from baken.directory import models
from baken.directory.actions.calling import Answered, call
from baken.directory.actions.putting import Via, put
from baken.directory.actions.signalling import signal
from baken.directory.actions.stale import raise_alarm
from baken.directory.actions.verifying import RIGHT, Way, verify
from baken.directory.freshness import fields_of
from baken.directory.knowing import shown_record
from baken.directory.rows import record_of, whole
from baken.people.permissions import Function


@pytest.fixture
def editors(db: None) -> Editors:
    return Editors()


def shown(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def make_sure(editors: Editors, service: models.Service, *, ago: int = 0) -> None:
    record = shown_record(record_of(whole(models.Service.objects.filter(pk=service.pk)).get()))
    now = timezone.now() - dt.timedelta(days=ago)
    answers = dict.fromkeys(fields_of(record), RIGHT)
    verify(by=editors.acting(), service_id=service.pk, answers=answers, way=Way.TELEPHONE, now=now)


def answers(page: Any, choice: str = "right", **other: str) -> dict[str, str]:
    """What a browser sends of the page of a call."""
    text = page.content.decode()
    seen = dict(re.findall(r'name="(seen-\w+)" value="(\w+)"', text))
    chosen = {name.replace("seen", "answer"): choice for name in seen}
    return {"how": "talked", **seen, **chosen, **other}


def test_today_says_what_there_is_to_do_and_what_comes_next(editors: Editors) -> None:
    empty = shown(editors.client().get(editors.at()))
    assert "Nobody to call today" in empty
    assert "The map is empty" in empty
    service = there()
    signal(service_id=service.pk, what="number_not_working", now=timezone.now())
    raise_alarm(what="last_door", service_id=service.pk, municipality="GM0431", now=timezone.now())
    full = shown(editors.client().get(editors.at()))
    assert "1 service to make sure of" in full
    assert "about 1 service" in full
    assert "1 must be looked at today" in full
    watched = shown(editors.client().get(editors.at("watch/")))
    assert "This number does not work (1)" in watched
    assert "Oostzaan" in watched


def test_the_pages_are_for_editors_alone(editors: Editors) -> None:
    other = member("bo@oostzaan.example", where=editors.here, functions=(Function.FOCAL_POINT,))
    assert editors.client(other).get(editors.at()).status_code == 403


def test_editors_find_the_link_on_the_page_of_their_organisation(editors: Editors) -> None:
    page = shown(editors.client().get(f"/en/organisation/{editors.here.pk}/"))
    assert page.count(editors.at()) == 2


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"text": "RECHT op"}, ["Recht op loon"]),
        ({"text": "bureau"}, ["Recht op loon"]),
        ({"text": "iets anders"}, []),
        ({"kind": "shelter"}, ["Huis"]),
        ({"state": "fresh"}, ["Recht op loon"]),
        ({"state": "unverified"}, ["Huis"]),
        ({"state": "hidden"}, []),
        ({"region": "care_coordination:noord-holland"}, ["Recht op loon"]),
        ({"region": "care_coordination:fryslan"}, []),
        ({"state": "nonsense"}, ["Huis", "Recht op loon"]),
    ],
)
def test_services_are_found_by_what_an_editor_knows(editors: Editors, asked: dict[str, str], found: list[str]) -> None:
    make_sure(editors, there())
    put(
        by=None, record=directory.service("Huis", kind="shelter", visibility="hidden"), via=Via.PACK, now=timezone.now()
    )
    page = shown(editors.client().post(editors.at("services/"), asked))
    assert re.findall(r"directory/services/[0-9a-f-]{36}/\"><span>([^<]+?) <", page) == found


@pytest.mark.parametrize(("ago", "state"), [(0, "fresh"), (170, "due"), (190, "late"), (220, "unverified")])
def test_the_list_agrees_with_the_state_that_is_shown(editors: Editors, ago: int, state: str) -> None:
    service = there()
    make_sure(editors, service, ago=ago)
    models.Service.objects.update(edited_at=timezone.now() - dt.timedelta(days=300))
    chip = {"fresh": "Fresh", "due": "Due soon", "late": "Late", "unverified": "Not verified"}[state]
    page = shown(editors.client().post(editors.at("services/"), {"state": state}))
    assert f">{chip}</span>" in page
    assert "1 service" in page


def test_a_service_shows_three_dates_and_what_happened(editors: Editors) -> None:
    service = there(source=directory.full_service().source)
    make_sure(editors, service)
    call(by=editors.acting(), service_id=service.pk, answer=Answered.NO_ANSWER, now=timezone.now())
    record = record_of(whole(models.Service.objects.filter(pk=service.pk)).get())
    put(by=editors.acting(), record=replace(record, description="Andere tekst."), via=Via.EDITOR, now=timezone.now())
    page = shown(editors.client().get(editors.at(f"services/{service.pk}/")))
    assert all(text in page for text in ("Verified", "Source seen", "Edited", "1 November 2026"))
    assert "Nobody answered" in page
    assert "by an editor" in page
    assert "Andere tekst." in page
    assert "Monday to Friday 9:00–17:00, not on public holidays" in page


def test_the_owner_is_kept_and_wrong_addresses_are_refused(editors: Editors) -> None:
    service = there()
    path = editors.at(f"services/{service.pk}/owner/")
    refused = editors.client().post(path, {"email": "geen adres", "language": "nl"})
    assert refused.status_code == 422
    assert b"geen adres" in refused.content
    editors.client().post(path, {"email": "loket@voorbeeld.example", "language": "bg"})
    provider = models.Provider.objects.get()
    assert (provider.owner_email, provider.owner_language) == ("loket@voorbeeld.example", "bg")


def test_a_call_in_which_all_was_right_makes_it_fresh_and_leads_on(editors: Editors) -> None:
    service = there()
    after = put(by=None, record=directory.service("Daarna"), via=Via.PACK, now=timezone.now()).service
    path = editors.at(f"services/{service.pk}/call/")
    page = editors.client().get(path)
    assert "No word about people whom they help" in shown(page)
    done = editors.client().post(path, answers(page))
    assert done["Location"] == editors.at(f"services/{after.pk}/call/")
    assert models.Call.objects.get().answer == "confirmed"
    assert b"Nobody to call" not in editors.client().get(editors.at("calls/")).content
    assert models.Verification.objects.filter(service=service, outcome="right").count() == 6


def test_a_new_number_waits_for_the_colleague_and_then_shows(editors: Editors) -> None:
    service = there()
    path = editors.at(f"services/{service.pk}/call/")
    page = editors.client().get(path)
    sent = answers(
        page, "open", **{"answer-telephone": "changed", "telephone-0": "0800-3000", "telephone-1": "020-1234567"}
    )
    place = service.at_locations.get().location_id
    editors.client().post(path, sent | {f"telephone-{place}-0": "020-7654321"})
    proposal = models.Proposal.objects.get()
    own = shown(editors.client().get(editors.at("proposals/")))
    assert "You proposed this yourself" in own
    assert "Agree, and show it" not in own
    refused = editors.client().post(editors.at(f"proposals/{proposal.pk}/"), {"decision": "accept"}, follow=True)
    assert "You proposed this yourself. Ask a colleague" in shown(refused)
    eef = editors.client(editors.eef)
    second = shown(eef.get(editors.at("proposals/")))
    assert "0800 2000" in second or "0800-2000" in second
    done = eef.post(editors.at(f"proposals/{proposal.pk}/"), {"decision": "accept"}, follow=True)
    assert "The change shows from now on" in shown(done)
    assert service.phones.first().number == "0800-3000"  # type: ignore[union-attr]
    again = eef.post(editors.at(f"proposals/{proposal.pk}/"), {"decision": "refuse"}, follow=True)
    assert "A colleague decided this just before you" in shown(again)


def test_more_changes_that_wait_cost_no_more_queries(editors: Editors) -> None:
    def wait_with(name: str) -> int:
        record = directory.service(name)
        put(by=None, record=record, via=Via.PACK, now=timezone.now())
        put(by=editors.acting(), record=replace(record, status="inactive"), via=Via.EDITOR, now=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            assert name in shown(editors.client().get(editors.at("proposals/")))
        return len(asked)

    # The first page of all also reads what is kept from then on.
    _first, two, three = (wait_with(name) for name in ("Eerste", "Tweede", "Derde"))
    assert two == three


def test_a_change_that_is_overtaken_can_only_be_refused(editors: Editors) -> None:
    service = there()
    record = record_of(whole(models.Service.objects.filter(pk=service.pk)).get())
    put(by=editors.acting(), record=replace(record, status="inactive"), via=Via.EDITOR, now=timezone.now())
    put(by=None, record=replace(record, status="defunct"), via=Via.PACK, now=timezone.now())
    eef = editors.client(editors.eef)
    page = shown(eef.get(editors.at("proposals/")))
    assert "It can only be refused" in page
    proposal = models.Proposal.objects.get()
    tried = eef.post(editors.at(f"proposals/{proposal.pk}/"), {"decision": "accept"}, follow=True)
    assert "It says something else by now" in shown(tried)
    done = eef.post(editors.at(f"proposals/{proposal.pk}/"), {"decision": "refuse"}, follow=True)
    assert "Refused. Nothing was changed" in shown(done)


@pytest.mark.parametrize(
    ("sent", "said"), [({}, "Choose how the call went"), ({"how": "talked"}, "Telephone: choose an answer")]
)
def test_an_unfinished_call_says_what_is_missing(editors: Editors, sent: dict[str, str], said: str) -> None:
    service = there()
    page = editors.client().post(editors.at(f"services/{service.pk}/call/"), sent)
    assert page.status_code == 422
    assert said in shown(page)
    assert not models.Call.objects.exists()


def test_two_failed_calls_hide_and_say_so(editors: Editors) -> None:
    service = there()
    path = editors.at(f"services/{service.pk}/call/")
    assert "When two calls in a row fail" in shown(editors.client().get(path))
    editors.client().post(path, {"how": "no_answer"})
    assert "The last call failed too" in shown(editors.client().get(path))
    done = editors.client().post(path, {"how": "refused"}, follow=True)
    assert "visitors do not see it any more" in shown(done)
    assert models.Service.objects.get().stale_hidden_at is not None
    assert "Hidden: nobody could confirm it" in shown(editors.client().get(editors.at(f"services/{service.pk}/")))


def test_a_translation_beside_its_text(editors: Editors) -> None:
    service = there()
    path = editors.at(f"services/{service.pk}/in/en/")
    page = editors.client().get(path)
    assert "Lawyer who speaks Bulgarian" in shown(page)
    assert "Outdated" not in shown(page)
    record = record_of(whole(models.Service.objects.filter(pk=service.pk)).get())
    put(by=editors.acting(), record=replace(record, description="Andere tekst."), via=Via.EDITOR, now=timezone.now())
    listed = shown(editors.client().get(editors.at("translations/")))
    assert f"{path}#text-description" in listed
    page = editors.client().get(path)
    assert "Outdated" in shown(page)
    sent = dict(re.findall(r'name="(version|seen-\w+)" value="(\w+)"', page.content.decode()))
    editors.client().post(path, sent | {"description": "Lawyer who speaks Bulgarian, for wages and residence."})
    assert "1 text changed since" in shown(editors.client().get(editors.at()))
    sent["version"] = str(models.Service.objects.get().version)
    editors.client().post(
        path, sent | {"description": "Another text.", "name": "Right to wages", "reviewed-name": "on"}
    )
    found = {item.field: item for item in models.Translation.objects.all()}
    assert (found["description"].text, found["description"].reviewed) == ("Another text.", False)
    assert found["name"].reviewed
    assert "Every translation fits" in shown(editors.client().get(editors.at("translations/")))


def test_two_translators_at_once_lose_nothing(editors: Editors) -> None:
    service = there()
    path = editors.at(f"services/{service.pk}/in/hu/")
    page = editors.client().post(path, {"version": "99", "name": "Jog a bérhez"})
    assert page.status_code == 409
    assert "Jog a bérhez" in shown(page)
    assert editors.client().get(editors.at(f"services/{service.pk}/in/nl/")).status_code == 404
    assert editors.client().get(editors.at(f"services/{service.pk}/in/xx/")).status_code == 404


def test_the_register_of_who_is_left_out(editors: Editors) -> None:
    client, path = editors.client(), editors.at("left-out/")
    assert "Nobody is left out" in shown(client.get(path))
    assert client.post(path, {"name": "Nergens", "reason": ""}).status_code == 422
    client.post(path, {"name": "Nergens", "reason": "Wil dat niet."})
    twice = client.post(path, {"name": "NERGENS", "reason": "Nog eens."})
    assert "This name is on the list already: Wil dat niet." in shown(twice)
    assert client.post(path, {"name": "—", "reason": "x"}).status_code == 422
    row = models.NotListed.objects.get()
    client.post(editors.at(f"left-out/{row.pk}/"))
    assert not models.NotListed.objects.exists()


def test_figures_of_an_empty_and_of_a_full_map(editors: Editors) -> None:
    empty = shown(editors.client().get(editors.at("figures/")))
    assert "Not known yet" in empty
    service = there()
    for ago in range(2600, 0, -100):
        make_sure(editors, service, ago=ago)
    page = shown(editors.client().get(editors.at("figures/")))
    assert "100%" in page
    assert "0.00 to 0.2" in page
    assert "Amsterdam" in page or "the Netherlands" in page
