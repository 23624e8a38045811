"""Changes that wait for a second person: before and after in plain words, and agreeing or not."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from baken.audience import needs
from baken.directory import labels, models
from baken.directory.actions.deciding import (
    DecidedAlreadyError,
    LastDoorError,
    OutdatedError,
    SamePersonError,
    decide,
    is_own,
)
from baken.directory.codes import Field
from baken.directory.editing_forms.areas import municipality_name
from baken.directory.editing_labels import VIA
from baken.directory.editing_queries import records_of
from baken.directory.keeping_queries import open_proposals
from baken.directory.owning.words import says
from baken.directory.packs_here import pack_of
from baken.directory.parts import with_part
from baken.directory.records import ServiceRecord
from baken.directory.views.editing.loading import address
from baken.people.actor import MemberRequest
from baken.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """One change in words. ``own``: who looks proposed it, and so cannot decide. ``outdated``: it says something else by now."""

    proposal: models.Proposal
    label: str
    before: list[str]
    after: list[str]
    via: str
    own: bool
    outdated: bool
    hides: bool


@needs(Permission.DIRECTORY_EDIT)
@require_safe
def proposals(request: MemberRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Every change that waits, the oldest first."""
    context = {
        "heading": _("Changes that wait for a second person"),
        "lead": _("A wrong number sends somebody to the wrong person. So two people look at it."),
        "organisation": request.organisation,
        "items": _items(request),
    }
    return render(request, "directory/editing/proposals.html", context)


def _items(request: MemberRequest) -> list[ProposalShown]:
    waiting = list(open_proposals())
    records = records_of(proposal.service_id for proposal in waiting)
    return [_shown(item, records[item.service_id], request) for item in waiting]


def _shown(proposal: models.Proposal, record: ServiceRecord, request: MemberRequest) -> ProposalShown:
    field = Field(proposal.field)
    before = with_part(record, field, proposal.before)
    return ProposalShown(
        proposal=proposal,
        label=str(labels.FIELD[field]),
        before=says(before, field),
        after=says(with_part(record, field, proposal.after), field),
        via=str(VIA[proposal.via]),
        own=is_own(proposal, request.acting.member),
        outdated=before != record,
        hides=proposal.after == "hidden",
    )


@needs(Permission.DIRECTORY_EDIT)
@require_POST
def decide_proposal(request: MemberRequest, organisation_id: uuid.UUID, proposal_id: uuid.UUID) -> HttpResponse:
    """Agree, or do not."""
    accept = request.POST.get("decision") == "accept"
    if not accept and request.POST.get("decision") != "refuse":
        raise Http404
    try:
        decide(by=request.acting, proposal_id=proposal_id, accept=accept, now=timezone.now())
    except models.Proposal.DoesNotExist:
        raise Http404 from None
    except SamePersonError:
        messages.error(request, _("You proposed this yourself. Ask a colleague to look at it."))
    except DecidedAlreadyError:
        messages.error(request, _("A colleague decided this just before you. Nothing was changed by you."))
    except OutdatedError:
        messages.error(
            request, _("It says something else by now. Refuse this change, and make it again if it is still needed.")
        )
    except LastDoorError as error:
        name = municipality_name(error.municipality, pack_of(settings.BAKEN_COUNTRY))
        messages.error(
            request,
            _("This is the last one of its kind for %(name)s. Add another one first, then it can be hidden.")
            % {"name": name},
        )
    else:
        messages.success(request, _("The change shows from now on.") if accept else _("Refused. Nothing was changed."))
    return redirect(address(request, "proposals"))
