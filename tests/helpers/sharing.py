"""What tests of sharing need: a report in triage, records that hold, and the pairs of both inboxes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from baken.people.actor import Acting
from baken.people.models import Member, Organisation
from baken.people.permissions import Function
from baken.reports.actions.deciding import decide, record_consent, sign_weighing, write_weighing
from baken.reports.actions.handover import Parcel, offer, offer_page
from baken.reports.actions.moves import advance, locked
from baken.reports.actions.submit import submit
from baken.reports.capacity import Age, Assent, Giver, ParentInvolved
from baken.reports.footing import DecisionKind, Interpreter, Purpose
from baken.reports.models import Consent, Decision, Handover, Report, Weighing
from baken.reports.parts import Content
from baken.reports.records import ConsentRecord, WeighingRecord
from baken.reports.states import Move
from baken.vault.inboxes import receive_generation
from baken.vault.models import InboxAccess
from baken.vault.secret import KeyPair
from tests.helpers.pages import PageClient
from tests.helpers.people import World, member
from tests.helpers.vault import Sheets, acting, give_key, give_keys, own_pair, sign_in_unlocked

CONTENT = Content(
    situation={"signs": ["dest_documents_taken"]},
    facts="kanarie feit",
    opinion="kanarie mening",
    place="kanarie plek",
    reach={"channel": "phone", "value": "kanarie nummer"},
)
ADULT = ConsentRecord(
    who="zijzelf",
    given_by=Giver.PERSON,
    age=Age.FROM_16,
    parent_involved=ParentInvolved.NO,
    assent=Assent.NOT_ASKED,
    how_explained="rustig verteld en laten herhalen",
    language="bg",
    interpreter=Interpreter.INDEPENDENT,
)


def inbox_pair_of(who: Member, where: Organisation) -> KeyPair:
    """The newest inbox of an organisation, opened by a member."""
    access = InboxAccess.objects.filter(member=who, inbox__organisation=where).latest("inbox__number")
    return receive_generation(bytes(access.entrusted), own_pair(who), str(where.pk), access.inbox.number).pair


@dataclass
class Sharing:
    """Ann reported; Bas and his colleague Dirk decide; Cleo is elsewhere."""

    world: World
    sheets: Sheets
    dirk: Member
    pair: KeyPair
    theirs: KeyPair

    @classmethod
    def new(cls) -> Sharing:
        world = World()
        sheets = give_keys(world)
        dirk = member("dirk@oostzaan.example", where=world.here, functions=(Function.FOCAL_POINT,))
        give_key(dirk)
        return cls(world, sheets, dirk, inbox_pair_of(world.bas, world.here), inbox_pair_of(world.cleo, world.there))

    @property
    def bas(self) -> Acting:
        return acting(self.world.bas, self.world.here)

    @property
    def colleague(self) -> Acting:
        return acting(self.dirk, self.world.here)

    @property
    def cleo(self) -> Acting:
        return acting(self.world.cleo, self.world.there)

    def report(self, *, manner: str = "named") -> Report:
        """One that is in triage."""
        sent = submit(
            by=acting(self.world.ann, self.world.here),
            organisation=self.world.here,
            content=CONTENT,
            manner=manner,
            urgent=False,
            language="nl",
            now=timezone.now(),
        )
        with transaction.atomic():
            advance(locked(sent.report.pk), Move.TAKE_INTO_TRIAGE, by=self.bas, now=timezone.now())
        return sent.report

    def consent(
        self,
        report: Report,
        *,
        parts: tuple[str, ...] = ("situation", "facts"),
        to: Organisation | None = None,
        days: int = 90,
        purpose: Purpose = Purpose.HELP,
        party: str = "",
        now: dt.datetime | None = None,
    ) -> Consent:
        now = now or timezone.now()
        return record_consent(
            by=self.bas,
            report_id=report.pk,
            recipient=None if party else to or self.world.there,
            party=party,
            parts=parts,
            purpose=purpose,
            until=now + dt.timedelta(days=days),
            record=ADULT,
            now=now,
        )

    def weighing(
        self, report: Report, *, to: str = "", parts: tuple[str, ...] = ("situation", "facts"), signed: bool = True
    ) -> Weighing:
        record = WeighingRecord(
            recipient=to or str(self.world.there.pk),
            parts=parts,
            aim="kanarie doel",
            less_far_reaching_way="er is geen andere weg",
            consulted="Veilig Thuis, zonder naam",
            why_not_told="dat is nu gevaarlijk",
        )
        row = write_weighing(by=self.bas, report_id=report.pk, record=record, person_told=False, now=timezone.now())
        return sign_weighing(by=self.colleague, weighing_id=row.pk, now=timezone.now()) if signed else row

    def decide(
        self,
        report: Report,
        kind: DecisionKind = DecisionKind.REFER_WITH_CONSENT,
        consent: Consent | None = None,
        weighing: Weighing | None = None,
    ) -> Decision:
        return decide(
            by=self.bas,
            report_id=report.pk,
            kind=kind,
            consent=consent,
            weighing=weighing,
            text="kanarie reden",
            pair=self.pair,
            now=timezone.now(),
        )

    def offer(
        self, report: Report, decision: Decision, *, parts: tuple[str, ...] = ("facts",), days: int = 30
    ) -> Handover:
        return offer(
            by=self.bas,
            report_id=report.pk,
            decision_id=decision.pk,
            recipient=self.world.there,
            parcel=parcel(*parts, days=days),
            pair=self.pair,
            now=timezone.now(),
        )

    def offered(self) -> tuple[Report, Consent, Handover]:
        """A report of which the facts are offered to the other organisation, with consent."""
        report = self.report()
        consent = self.consent(report)
        return report, consent, self.offer(report, self.decide(report, consent=consent))


def parcel(*parts: str, days: int = 30, message: str = "kanarie woord") -> Parcel:
    return Parcel(parts=parts, expires_at=timezone.now() + dt.timedelta(days=days), message=message)


def url(sharing: Sharing, name: str, report: Report, *more: object) -> str:
    """A page of a report, here."""
    return reverse(f"inbox:{name}", args=[sharing.world.here.pk, report.pk, *more])


def theirs(sharing: Sharing, name: str, *more: object) -> str:
    """A page of the other organisation."""
    return reverse(f"inbox:{name}", args=[sharing.world.there.pk, *more])


def as_(who: Member) -> PageClient:
    """A client that is signed in and unlocked."""
    client = PageClient()
    sign_in_unlocked(client, who)
    return client


def fresh(report: Report) -> Report:
    """As the table has it now."""
    return Report.objects.get(pk=report.pk)


def one_time_page(sharing: Sharing) -> tuple[Handover, str]:
    """The facts of a report on a page for the police, and its passcode."""
    report = sharing.report()
    weighing = sharing.weighing(report, to="police")
    decision = sharing.decide(report, DecisionKind.REPORT_WITHOUT_CONSENT, weighing=weighing)
    return offer_page(
        by=sharing.bas,
        report_id=report.pk,
        decision_id=decision.pk,
        party="police",
        name="kanarie agent",
        parcel=parcel("facts", days=7),
        pair=sharing.pair,
        now=timezone.now(),
    )
