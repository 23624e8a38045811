"""What the HSDS API says of services, places and organizations: each list in a number of queries that stays the same."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from baken.directory import models
from baken.directory.exchange import writing_parts as parts
from baken.directory.exchange.documents import Document
from baken.directory.exchange.loading import document_of, with_history
from baken.directory.exchange.writing import filled, plain, service_data
from baken.directory.queries import Audience, visible_to
from baken.directory.rows import provider_of

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything for one reader at one moment."""

    audience: Audience
    now: dt.datetime

    @property
    def today(self) -> dt.date:
        """The local day, from which opening hours are written out."""
        return timezone.localdate(self.now)

    def services(self, found: Sequence[models.Service]) -> Iterator[Data]:
        """Services with what there is one of."""
        yield from (self._plain(item) for item in self._documents([item.pk for item in found]))

    def full_services(self, found: Sequence[models.Service]) -> Iterator[Data]:
        """Services with everything."""
        yield from (service_data(item, self.today) for item in self._documents([item.pk for item in found]))

    @staticmethod
    def minimal(found: Sequence[models.Service]) -> Iterator[Data]:
        """Ids, and when they were written."""
        yield from ({"id": str(item.pk), "last_modified": parts.moment(item.edited_at)} for item in found)

    def places(self, found: Sequence[models.ServiceAtLocation]) -> Iterator[Data]:
        """Services at locations, with what there is one of."""
        yield from self._places(found, lambda place, service: _plain_place(place) | {"service": self._plain(service)})

    def full_places(self, found: Sequence[models.ServiceAtLocation]) -> Iterator[Data]:
        """Services at locations with everything; the service without its other places."""
        yield from self._places(found, lambda place, service: place | {"service": self._alone(service)})

    def organizations(self, found: Sequence[models.Provider]) -> Iterator[Data]:
        """Organizations with what there is one of."""
        yield from (parts.organization(provider_of(item), registers=False) for item in self._providers(found))

    def full_organizations(self, found: Sequence[models.Provider], *, services: bool) -> Iterator[Data]:
        """Organizations with their services: by id, name and status, or with everything."""
        theirs: dict[uuid.UUID, list[Document]] = {item.pk: [] for item in found}
        keys = visible_to(self.audience).filter(provider__in=list(theirs)).order_by("pk").values_list("pk", flat=True)
        for document in self._documents(list(keys)):
            theirs[document.record.provider.id].append(document)
        for item in self._providers(found):
            offered = [self._full_alone(one) if services else _short(one) for one in theirs[item.pk]]
            yield parts.organization(provider_of(item)) | {"services": offered}

    def _documents(self, keys: Iterable[uuid.UUID]) -> list[Document]:
        wanted = list(keys)
        found = {item.pk: item for item in with_history(visible_to(self.audience).filter(pk__in=wanted))}
        return [document_of(found[key], self.audience, self.now) for key in wanted if key in found]

    def _plain(self, document: Document) -> Data:
        return plain(document) | {"organization": parts.organization(document.record.provider, registers=False)}

    def _alone(self, document: Document) -> Data:
        data = service_data(document, self.today)
        return {name: value for name, value in data.items() if name != "service_at_locations"}

    def _full_alone(self, document: Document) -> Data:
        data = service_data(document, self.today)
        return {name: value for name, value in data.items() if name != "organization"}

    def _places(
        self, found: Sequence[models.ServiceAtLocation], write: Callable[[Data, Document], Data]
    ) -> Iterator[Data]:
        documents = {item.record.id: item for item in self._documents({item.service_id for item in found})}
        for item in found:
            document = documents.get(item.service_id)
            for place in document.record.places if document else ():
                if document and place.location.id == item.location_id:
                    yield write(parts.at_location(place, document.record, self.today), document)

    @staticmethod
    def _providers(found: Sequence[models.Provider]) -> list[models.Provider]:
        kept = models.Provider.objects.prefetch_related("identifiers").in_bulk([item.pk for item in found])
        return [kept[item.pk] for item in found if item.pk in kept]


def _plain_place(place: Data) -> Data:
    return filled({name: place.get(name) for name in ("id", "description", "location")})


def _short(document: Document) -> Data:
    record = document.record
    return {"id": str(record.id), "name": record.name, "status": record.status}
