"""Names on the screen of decisions, parts, parties, hand-overs, and of what a footing lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from baken.reports.capacity import Age, Assent, Giver, ParentInvolved
from baken.reports.footing import DecisionKind, FootingCode, Interpreter, Purpose

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = Mapping[str, _StrPromise]

DECISIONS: Words = {
    DecisionKind.ADVICE_ONLY: _("Advise only"),
    DecisionKind.INVITE: _("Invite to talk"),
    DecisionKind.REFER_WITH_CONSENT: _("Refer with consent"),
    DecisionKind.REPORT_WITHOUT_CONSENT: _("Report without consent"),
    DecisionKind.ANONYMISED_REGISTRATION: _("Anonymised registration"),
}
"""In the order of how far they reach."""
ABOUT: Words = {
    DecisionKind.ADVICE_ONLY: _("You give the reporter advice. Nothing about the person leaves your organisation."),
    DecisionKind.INVITE: _("Somebody talks with the person first. Nothing is shared."),
    DecisionKind.REFER_WITH_CONSENT: _("Another party helps further. The person agreed, and you wrote that down."),
    DecisionKind.REPORT_WITHOUT_CONSENT: _("There is no other way. You wrote why, and a colleague signed."),
    DecisionKind.ANONYMISED_REGISTRATION: _(
        "The situation is counted by the national coordinator, with consent for that."
    ),
}
FOOTINGS: Words = {
    FootingCode.ADVICE: _("Advice without a name"),
    FootingCode.REGISTRATION: _("Anonymised registration"),
    FootingCode.CONSENT: _("Consent"),
    FootingCode.REASONED_REPORT: _("Reasoned report without consent"),
}
PARTS: Words = {
    "situation": _("Signs and situation"),
    "facts": _("What was seen or heard"),
    "opinion": _("What the reporter thinks"),
    "place": _("Where and when"),
    "files": _("Files"),
    "registration": _("A record for the count, without texts"),
}
PARTIES: Words = {
    "veilig_thuis": _("Veilig Thuis"),
    "care_coordinator": _("Care coordinator human trafficking"),
    "police": _("Police"),
    "labour_inspectorate": _("Labour inspectorate"),
    "guardian": _("Guardian for minors"),
    "shelter": _("Shelter"),
    "medical": _("Doctor or hospital"),
    "legal": _("Lawyer or legal help"),
    "national_coordinator": _("National coordinator, for the count"),
    "other": _("Another party"),
}
PURPOSES: Words = {
    Purpose.HELP: _("To be helped"),
    Purpose.REPORT: _("To report to the police or another authority"),
    Purpose.REGISTRATION: _("To be counted by the national coordinator"),
}
GIVERS: Words = {
    Giver.PERSON: _("The person"),
    Giver.PARENT: _("A parent"),
    Giver.GUARDIAN: _("A guardian"),
}
AGES: Words = {
    Age.FROM_16: _("16 years or older"),
    Age.FROM_12: _("12 to 15 years"),
    Age.UNDER_12: _("Under 12 years"),
    Age.UNKNOWN: _("Not known"),
}
PARENTS: Words = {
    ParentInvolved.NO: _("No"),
    ParentInvolved.YES: _("Yes"),
    ParentInvolved.UNKNOWN: _("Not known"),
}
ASSENTS: Words = {
    Assent.YES: _("The child agrees"),
    Assent.NO: _("The child does not want it"),
    Assent.TOO_YOUNG: _("Too young to be asked"),
    Assent.NOT_ASKED: _("Not asked"),
}
INTERPRETERS: Words = {
    Interpreter.NOT_NEEDED: _("No interpreter was needed"),
    Interpreter.INDEPENDENT: _("An independent interpreter"),
    Interpreter.FROM_OWN_CIRCLE: _("Somebody from the person’s own circle"),
}
HANDOVERS: Words = {
    "offered": _("Offered"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
    "withdrawn": _("Taken back"),
    "expired": _("Ended"),
    "finished": _("Outcome is known"),
}
WAYS: Words = {"baken": _("On Baken"), "page": _("Page that opens once"), "paper": _("Paper or PDF")}
OUTCOMES: Words = {
    "helped": _("Help has started"),
    "in_contact": _("There is contact"),
    "not_reached": _("The person could not be reached"),
    "passed_on": _("Somebody else goes on with it"),
    "nothing_needed": _("No help was needed"),
}
CATEGORIES: Words = {
    "advice_only": _("Advice only"),
    "anonymised_registration": _("Anonymised registration"),
    "referred_with_consent": _("Referred with consent"),
    "reported_without_consent": _("Reported without consent"),
    "no_concern": _("No concern"),
}
_FIRST = _("The person agreed to less than this. Ask them, and record the new consent.")
PROBLEMS: Words = {
    "age_needed": _("First find out how old the person is. Ask Veilig Thuis for advice without a name."),
    "wrong_giver": _("At this age somebody else must consent. Ask Veilig Thuis for advice without a name."),
    "parent_may_be_involved": _("Do not ask this parent. Ask a guardian, or Veilig Thuis for advice without a name."),
    "child_said_no": _("The child does not want it, and that counts. Weigh with Veilig Thuis what is needed."),
    "child_not_asked": _("Ask the child too, in words that fit."),
    "consent_missing": _("There is no consent for this. Record it first, or choose another decision."),
    "consent_expired": _("The consent has ended. Ask again, and record it."),
    "consent_withdrawn": _("The consent was withdrawn. Nothing may be shared on it."),
    "consent_not_yet_given": _("The consent begins later. Wait until then."),
    "wrong_purpose": _("The person agreed to something else. Consent to be helped is not consent to be counted."),
    "recipient_missing": _("Say for whom it is."),
    "parts_missing": _("Choose at least one part."),
    "how_explained_missing": _("Write how it was explained."),
    "language_missing": _("Write in which language it was explained."),
    "interpreter_from_own_circle": _(
        "Explain it again with an independent interpreter: the person could not speak freely."
    ),
    "until_missing": _("Say until when it holds."),
    "until_before_given": _("Choose a day after today."),
    "until_too_far": _("Choose an earlier day: consent does not hold for ever."),
    "weighing_missing": _("There is no weighing for this. Write it first."),
    "aim_missing": _("Write what you want to reach."),
    "less_far_reaching_way_missing": _("Write why a less far-reaching way is not enough."),
    "consulted_missing": _("Write whom you consulted."),
    "told_missing": _("Say whether the person is told."),
    "why_not_told_missing": _("Write why the person is not told."),
    "writer_missing": _("It is not known who wrote this. Write it anew."),
    "signature_missing": _("A colleague has not signed yet."),
    "signed_by_writer": _("You wrote this. A colleague must sign it."),
    "changed_after_signing": _("The text changed after it was signed. A colleague must sign again."),
    "weighing_revoked": _("This weighing no longer holds."),
    "parts_not_covered": _FIRST,
    "nothing_to_share": _("Choose at least one part or file."),
    "decision_shares_nothing": _("With this decision nothing is shared."),
    "decision_missing": _("There is no such decision."),
    "decision_is_old": _("The report was opened again after this decision. Decide anew first."),
    "part_unknown": _("That part is not for another organisation."),
    "part_empty": _("A part that you chose is empty, or does not open with your key."),
    "registration_goes_elsewhere": _("A record for the count goes to the national coordinator alone."),
    "expires_in_the_past": _("Choose a day after today."),
    "expires_too_late": _("Choose an earlier day."),
    "expires_after_consent": _("Choose a day on which the consent still holds."),
}
"""Each says what is wrong and what to do. A test holds them against the codes of the rules."""


def sentences(problems: tuple[str, ...]) -> list[str]:
    """What a footing lacks, in words, each once."""
    return list(dict.fromkeys(str(PROBLEMS[code]) for code in problems))
