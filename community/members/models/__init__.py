from .expertise import Expertise
from .member import AccountKind, Member, Visibility
from .organisation import Organisation, OrganisationDomain, OrganisationKind
from .territory import Territory

__all__ = [
    "AccountKind",
    "Expertise",
    "Member",
    "Organisation",
    "OrganisationDomain",
    "OrganisationKind",
    "Territory",
    "Visibility",
]
