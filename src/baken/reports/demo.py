"""Made-up reports for the demo world, through the same actions as everywhere. Nobody in them exists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from baken.people.actor import Acting
from baken.people.demo import DemoMember
from baken.people.models import Organisation
from baken.people.queries import standing_of
from baken.reports.actions.dialogue import write_message, write_note
from baken.reports.actions.submit import submit
from baken.reports.actions.triage import acknowledge, take_into_triage
from baken.reports.models import Report
from baken.reports.parts import Content
from baken.vault import keyring
from baken.vault.inbox_actions import give_access, make_first_inbox
from baken.vault.inboxes import receive_generation
from baken.vault.models import InboxAccess
from baken.vault.secret import KeyPair

AT_THE_DESK = Content(
    situation={
        "signs": ["dest_other_speaks", "dest_overcrowded_address", "dest_documents_taken"],
        "fields": {"about": "person", "age": "adult", "form": "labour", "sphere": "work", "profession": "desk_clerk"},
    },
    facts="DEMO. Iemand schreef zich in op een adres waar al negen mensen staan. Een ander gaf alle antwoorden en hield het "
    "paspoort vast. Toen ik iets aan de persoon zelf vroeg, keek die eerst naar de ander.",
    opinion="DEMO. Ik denk dat deze persoon niet vrij kon praten.",
    place="DEMO. Balie in het gemeentehuis, dinsdag rond tien uur.",
)
IN_A_BARN = Content(
    situation={
        "signs": ["dest_sleeps_at_work"],
        "fields": {"about": "place", "form": "labour", "sphere": "work", "profession": "other"},
    },
    facts="DEMO. Bij een bedrijf slapen mensen achter in de loods. Er staan bedden tussen de kisten.",
    opinion="DEMO. Het lijkt of ze daar niet weg mogen.",
    place="DEMO. Bedrijventerrein, elke avond licht.",
)
AT_SCHOOL = Content(
    situation={
        "signs": ["dest_always_reachable", "exploit_bank_account_used"],
        "fields": {"about": "person", "age": "minor", "form": "criminal", "sphere": "network", "profession": "teacher"},
    },
    facts="DEMO. Een leerling heeft dure kleren en drie telefoons, en schrikt van elk bericht.",
    opinion="DEMO. Misschien gebruikt iemand de bankrekening van deze leerling.",
    place="DEMO. School, sinds de herfstvakantie.",
)


def fill(members: Sequence[DemoMember], *, now: dt.datetime) -> None:
    """Give everybody a key, each organisation its inbox, and the municipality three reports in different states."""
    pairs = {
        item.email: keyring.make_key(member=item.member, typed=item.password, way="password", now=now)
        for item in members
    }
    for item in members:
        # Nobody keeps the code of somebody who does not exist; without this each sign-in would offer one.
        keyring.new_recovery(member=item.member, pair=pairs[item.email], now=now)
        keyring.confirm_recovery(member=item.member)
    named = {item.email.partition("@")[0]: item for item in members}
    desk, focal, second, elsewhere = (named[name] for name in ("balie", "aandacht", "tweede", "veiligthuis"))
    for item in (focal, elsewhere):
        make_first_inbox(by=_acting(item, now), organisation=item.organisation, now=now)
    give_access(
        by=_acting(focal, now),
        organisation=focal.organisation,
        member=second.member,
        pairs=_inboxes(focal, pairs[focal.email]),
        now=now,
    )
    _reports(desk, focal, now)


def _reports(desk: DemoMember, focal: DemoMember, now: dt.datetime) -> None:
    at = _acting(focal, now)
    yesterday, morning = now - dt.timedelta(days=1), now - dt.timedelta(hours=3)
    school = _report(None, focal.organisation, AT_SCHOOL, "named", yesterday)
    report = take_into_triage(by=at, report_id=school.pk, expected=None, now=morning)
    write_note(
        by=at, report_id=report.pk, expected=None, text="DEMO. Morgen overleggen met de intern begeleider.", now=morning
    )
    write_message(
        by=at,
        report_id=report.pk,
        expected=None,
        text="DEMO. Dank je wel. Heeft de leerling zelf iets gezegd over de bankrekening?",
        now=morning,
        is_question=True,
    )
    barn = _report(None, focal.organisation, IN_A_BARN, "anonymous", morning)
    acknowledge(by=at, report_id=barn.pk, expected=None, now=now - dt.timedelta(hours=1))
    _report(_acting(desk, now), focal.organisation, AT_THE_DESK, "confidential", now - dt.timedelta(minutes=20))


def _report(by: Acting | None, where: Organisation, content: Content, manner: str, at: dt.datetime) -> Report:
    given: dict[str, Any] = {"content": content, "manner": manner, "urgent": False, "language": "nl", "now": at}
    return submit(by=by, organisation=where, **given).report


def _acting(item: DemoMember, now: dt.datetime) -> Acting:
    return Acting(item.member, standing_of(item.member, now=now), item.organisation)


def _inboxes(item: DemoMember, own: KeyPair) -> dict[str, KeyPair]:
    found = InboxAccess.objects.filter(member=item.member, inbox__organisation=item.organisation).select_related(
        "inbox"
    )
    return {
        access.inbox.key_id: receive_generation(
            bytes(access.entrusted), own, str(item.organisation.pk), access.inbox.number
        ).pair
        for access in found
    }
