"""What a reader may see of the social map. Views read through here only."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Literal

from django.db.models import Count, Max, Min, QuerySet, Sum

from baken.directory import models
from baken.directory.codes import ServiceStatus, Visibility
from baken.directory.records import ServiceRecord
from baken.directory.rows import record_of, whole

Audience = Literal["public", "professionals", "editors"]
SEEN: dict[Audience, tuple[Visibility, ...]] = {
    "public": (Visibility.PUBLIC,),
    "professionals": (Visibility.PUBLIC, Visibility.PROFESSIONALS),
    "editors": tuple(Visibility),
}
NOT_AT_WORK = (ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT)


def visible_to(audience: Audience) -> QuerySet[models.Service]:
    """The services that these readers may see. The one place that decides it: pages, search, cards, API and exports ask here.

    Editors also see what is hidden, what does not exist any more, and what nobody could confirm for too long.
    """
    services = models.Service.objects.filter(visibility__in=SEEN[audience])
    if audience == "editors":
        return services
    return services.filter(stale_hidden_at__isnull=True).exclude(status__in=NOT_AT_WORK)


def service_for(audience: Audience, service_id: uuid.UUID) -> models.Service | None:
    """One service with everything that belongs to it, or nothing for who may not see it."""
    return whole(visible_to(audience).filter(pk=service_id)).prefetch_related("verifications").first()


def service_of_card(card: str) -> models.Service | None:
    """The service whose card has this code, as everybody may see it: a card goes from hand to hand."""
    return whole(visible_to("public").filter(card=card)).first()


def services_for(audience: Audience, ids: list[uuid.UUID]) -> list[models.Service]:
    """The services with these ids that the readers may see, in the order of the ids."""
    found = {service.pk: service for service in whole(visible_to(audience).filter(pk__in=ids))}
    return [found[key] for key in ids if key in found]


def records_for(audience: Audience) -> list[ServiceRecord]:
    """Every service that these readers may see, as records, by name."""
    return [record_of(service) for service in whole(visible_to(audience)).order_by("name", "pk")]


def state_of(audience: Audience) -> tuple[int, int, dt.datetime | None]:
    """Changes whenever something changes that these readers see: how many services, how often changed, and when last."""
    found = visible_to(audience).aggregate(count=Count("pk"), versions=Sum("version"), last=Max("edited_at"))
    return found["count"], found["versions"] or 0, found["last"]


def first_due(audience: Audience) -> tuple[dt.date, ...]:
    """The first day on which a service that these readers see must be checked again; empty when none has such a day."""
    day = visible_to(audience).aggregate(day=Min("due_on"))["day"]
    return () if day is None else (day,)


def services_of_doors(country: str) -> dict[str, str]:
    """Which service each door of the router is, of those that everybody may see: ``door`` or ``door/region`` -> id."""
    found = visible_to("public").filter(country=country.upper()).exclude(door="").order_by("-pk")
    return {door: str(pk) for door, pk in found.values_list("door", "pk")}


def languages_spoken(audience: Audience) -> list[str]:
    """Codes of the languages that at least one service speaks."""
    spoken = models.SpokenLanguage.objects.filter(service__in=visible_to(audience))
    return list(spoken.order_by("code").values_list("code", flat=True).distinct())
