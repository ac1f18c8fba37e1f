from .claim import GhostClaim
from .expertise import Expertise, ExpertiseKind
from .member import AccountKind, Member, Verification, Visibility
from .organisation import Organisation, OrganisationDomain, OrganisationKind
from .territory import Territory

__all__ = [
    "AccountKind",
    "Expertise",
    "ExpertiseKind",
    "GhostClaim",
    "Member",
    "Organisation",
    "OrganisationDomain",
    "OrganisationKind",
    "Territory",
    "Verification",
    "Visibility",
]
