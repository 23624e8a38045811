"""Tables of the social map, in the words of Open Referral HSDS 3.1."""

from baken.directory.models.details import (
    Accessibility,
    Attribute,
    Capacity,
    CostOption,
    Identifier,
    Phone,
    ReferralStep,
    RequiredDocument,
    ServiceArea,
    SpokenLanguage,
)
from baken.directory.models.finding import FailedSearch
from baken.directory.models.keeping import (
    Alarm,
    Call,
    NotListed,
    OwnerLink,
    Proposal,
    Signal,
    Verification,
)
from baken.directory.models.place import Location, ServiceAtLocation
from baken.directory.models.service import Provider, Service
from baken.directory.models.tokens import ApiToken
from baken.directory.models.words import Change, Translation

__all__ = [
    "Accessibility",
    "Alarm",
    "ApiToken",
    "Attribute",
    "Call",
    "Capacity",
    "Change",
    "CostOption",
    "FailedSearch",
    "Identifier",
    "Location",
    "NotListed",
    "OwnerLink",
    "Phone",
    "Proposal",
    "Provider",
    "ReferralStep",
    "RequiredDocument",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "Signal",
    "SpokenLanguage",
    "Translation",
    "Verification",
]
