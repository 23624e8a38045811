"""The HSDS 3.1 API over the social map: what everybody may see without a key, what professionals may see with a token.

Lists are asked with GET, or with POST and the same words in the body, so that what somebody looks for is in no address or log.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from ninja import Body, Query, Router, Schema
from pydantic import Field

from baken.directory import api_filters as filters
from baken.directory import api_terms, models
from baken.directory.api_answers import Answers
from baken.directory.api_asked import (
    MOST_MINIMAL,
    OrganizationAsked,
    OrganizationsAsked,
    PlacesAsked,
    ServicesAsked,
    TaxonomiesAsked,
    TermsAsked,
)
from baken.directory.api_pages import Page, listed, of_ids, of_list, of_rows
from baken.directory.api_readers import reader
from baken.directory.exchange.hsds import VERSION
from baken.directory.queries import visible_to
from baken.people.links import on_this_site
from baken.recognise.api_problems import FieldError, ProblemError, Where, answer, not_found
from baken.recognise.api_requests import accepted_language

router = Router()
Data = dict[str, Any]
REQUIRED, OPTIONAL = ["required"], ["optional"]


class Publisher(Schema):
    """Who is behind the map."""

    name: str
    website: str
    email: str | None = None


class Root(Schema):
    """What this API is."""

    version: str = Field(description="Version of HSDS.")
    profile: str = Field(description="Address of the profile.")
    openapi_url: str
    description: str
    publisher: Publisher


@router.get("/", response=Root, tags=REQUIRED, operation_id="getRoot")
def root(request: HttpRequest) -> HttpResponseBase:
    """What this API is, and where it is described."""
    publisher = {"name": "Baken", "website": on_this_site("/")}
    if settings.BAKEN_CONTACT_EMAIL:
        publisher["email"] = settings.BAKEN_CONTACT_EMAIL
    data = {
        "version": VERSION,
        "profile": on_this_site(reverse("hsds:profile")),
        "openapi_url": on_this_site(reverse("hsds:openapi")),
        "description": "Help for people who may be exploited: what it is, for whom, where, and how sure that is.",
        "publisher": publisher,
    }
    return answer(data, "en")


@router.get("/services", response=Page, tags=REQUIRED, operation_id="listServices")
def list_services(request: HttpRequest, query: Query[ServicesAsked]) -> HttpResponseBase:
    """Services, in pages."""
    return _services(request, query)


@router.post("/services", response=Page, tags=OPTIONAL, operation_id="searchServices")
def search_services(request: HttpRequest, query: Query[ServicesAsked], body: Body[ServicesAsked]) -> HttpResponseBase:
    """Services, in pages; what is looked for stands in the body."""
    return _services(request, query.with_body(body))


@router.get("/services/{id}", response=Data, tags=REQUIRED, operation_id="getService")
def get_service(request: HttpRequest, id: uuid.UUID) -> HttpResponseBase:  # noqa: A002 - its name in the path
    """One service with everything that belongs to it."""
    answers = _answers(request)
    return _one(visible_to(answers.audience), id, answers.full_services, "service")


@router.get("/service_at_locations", response=Page, tags=OPTIONAL, operation_id="listServiceAtLocations")
def list_places(request: HttpRequest, query: Query[PlacesAsked]) -> HttpResponseBase:
    """Services at locations, in pages; with a postcode those that work there, with a distance the nearest first."""
    return _places(request, query, "query")


@router.post("/service_at_locations", response=Page, tags=OPTIONAL, operation_id="searchServiceAtLocations")
def search_places(request: HttpRequest, query: Query[PlacesAsked], body: Body[PlacesAsked]) -> HttpResponseBase:
    """Services at locations, in pages; what is looked for stands in the body."""
    return _places(request, query.with_body(body), "body")


@router.get("/service_at_locations/{id}", response=Data, tags=OPTIONAL, operation_id="getServiceAtLocation")
def get_place(request: HttpRequest, id: uuid.UUID) -> HttpResponseBase:  # noqa: A002 - its name in the path
    """One service at one location."""
    answers = _answers(request)
    return _one(filters.places(PlacesAsked(), answers.audience), id, answers.full_places, "service at a location")


@router.get("/organizations", response=Page, tags=OPTIONAL, operation_id="listOrganizations")
def list_organizations(request: HttpRequest, query: Query[OrganizationsAsked]) -> HttpResponseBase:
    """Organizations that offer services, in pages."""
    return _organizations(request, query)


@router.post("/organizations", response=Page, tags=OPTIONAL, operation_id="searchOrganizations")
def search_organizations(
    request: HttpRequest, query: Query[OrganizationsAsked], body: Body[OrganizationsAsked]
) -> HttpResponseBase:
    """Organizations that offer services, in pages; what is looked for stands in the body."""
    return _organizations(request, query.with_body(body))


@router.get("/organizations/{id}", response=Data, tags=OPTIONAL, operation_id="getOrganization")
def get_organization(request: HttpRequest, id: uuid.UUID, query: Query[OrganizationAsked]) -> HttpResponseBase:  # noqa: A002
    """One organization with its services."""
    answers = _answers(request)
    found = filters.organizations(OrganizationsAsked(), answers.audience)
    return _one(found, id, partial(answers.full_organizations, services=query.full_service), "organization")


@router.get("/taxonomies", response=Page, tags=OPTIONAL, operation_id="listTaxonomies")
def list_taxonomies(request: HttpRequest, query: Query[TaxonomiesAsked]) -> HttpResponseBase:
    """Taxonomies of the profile, in pages."""
    language = _language(request)
    return _listed(api_terms.taxonomies_found(query, language), query, language)


@router.post("/taxonomies", response=Page, tags=OPTIONAL, operation_id="searchTaxonomies")
def search_taxonomies(
    request: HttpRequest, query: Query[TaxonomiesAsked], body: Body[TaxonomiesAsked]
) -> HttpResponseBase:
    """Taxonomies of the profile, in pages; what is looked for stands in the body."""
    asked, language = query.with_body(body), _language(request)
    return _listed(api_terms.taxonomies_found(asked, language), asked, language)


@router.get("/taxonomies/{id}", response=Data, tags=OPTIONAL, operation_id="getTaxonomy")
def get_taxonomy(request: HttpRequest, id: uuid.UUID) -> HttpResponseBase:  # noqa: A002 - its name in the path
    """One taxonomy."""
    language = _language(request)
    return answer(api_terms.taxonomy(id, language), language)


@router.get("/taxonomy_terms", response=Page, tags=OPTIONAL, operation_id="listTaxonomyTerms")
def list_terms(request: HttpRequest, query: Query[TermsAsked]) -> HttpResponseBase:
    """Terms of the profile, in pages, in the language of ``Accept-Language``."""
    language = _language(request)
    return _listed(api_terms.terms_found(query, language), query, language)


@router.post("/taxonomy_terms", response=Page, tags=OPTIONAL, operation_id="searchTaxonomyTerms")
def search_terms(request: HttpRequest, query: Query[TermsAsked], body: Body[TermsAsked]) -> HttpResponseBase:
    """Terms of the profile, in pages; what is looked for stands in the body."""
    asked, language = query.with_body(body), _language(request)
    return _listed(api_terms.terms_found(asked, language), asked, language)


@router.get("/taxonomy_terms/{id}", response=Data, tags=OPTIONAL, operation_id="getTaxonomyTerm")
def get_term(request: HttpRequest, id: uuid.UUID) -> HttpResponseBase:  # noqa: A002 - its name in the path
    """One term."""
    language = _language(request)
    return answer(api_terms.term(id, language), language)


def _services(request: HttpRequest, asked: ServicesAsked) -> HttpResponseBase:
    answers = _answers(request)
    found = filters.services(asked, answers.audience)
    write = answers.minimal if asked.minimal else answers.full_services if asked.full else answers.services
    things = of_rows(found)
    if asked.search.strip():
        ids = filters.searched(asked.search, answers.audience, _language(request))
        kept = set(found.filter(pk__in=ids).values_list("pk", flat=True))
        things = of_ids(models.Service.objects.all(), [pk for pk in ids if pk in kept])
    return listed(things, asked, write, per_page=MOST_MINIMAL if asked.minimal else None, language=_mixed())


def _places(request: HttpRequest, asked: PlacesAsked, where: Where) -> HttpResponseBase:
    answers, country = _answers(request), settings.BAKEN_COUNTRY
    found = filters.places(asked, answers.audience)
    things = of_rows(found)
    if asked.proximity and not asked.postcode:
        raise ProblemError(400, "A distance needs a postcode.", [FieldError(where, "postcode", "from where")])
    here = filters.municipality(asked.postcode, country, where) if asked.postcode else None
    if asked.search.strip():
        ids = filters.searched(asked.search, answers.audience, _language(request))
        found = found.filter(service__in=ids)
        rank = {pk: number for number, pk in enumerate(ids)}
        pairs = sorted((rank[service], pk) for pk, service in found.values_list("pk", "service"))
        things = of_ids(models.ServiceAtLocation.objects.all(), [pk for _rank, pk in pairs])
    if here and asked.proximity:
        near = filters.nearest(found, here, country, asked.proximity)
        things = of_ids(models.ServiceAtLocation.objects.all(), near)
    elif here:
        things = of_rows(found.filter(filters.working_in(here, country)))
    return listed(things, asked, answers.full_places if asked.full else answers.places, language=_mixed())


def _organizations(request: HttpRequest, asked: OrganizationsAsked) -> HttpResponseBase:
    answers = _answers(request)
    found = filters.organizations(asked, answers.audience)
    whole = partial(answers.full_organizations, services=asked.full_service)
    write = whole if asked.full or asked.full_service else answers.organizations
    return listed(of_rows(found), asked, write, language=_mixed())


def _listed(found: list[Data], asked: TaxonomiesAsked | TermsAsked, language: str) -> HttpResponseBase:
    return listed(of_list(found), asked, iter, language=language)


def _one(found: Any, key: uuid.UUID, write: Callable[[Any], Any], what: str) -> HttpResponseBase:
    for data in write(list(found.filter(pk=key))):
        return answer(data, _mixed())
    raise not_found(what, str(key))


def _answers(request: HttpRequest) -> Answers:
    return Answers(reader(request), timezone.now())


def _language(request: HttpRequest) -> str:
    return accepted_language(request) or settings.LANGUAGE_CODE


def _mixed() -> str:
    """Language of services: each says its own; most are in that of the country."""
    return str(settings.LANGUAGE_CODE)
