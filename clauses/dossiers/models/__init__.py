from .dossier import Dossier, DossierMember, DossierNote, Lot, ShareInvitation
from .item import DossierItem, DossierVariable
from .review import ReviewLink, ReviewRemark
from .sourcing import CompanyMet, SourcingSheet

__all__ = [
    "CompanyMet",
    "Dossier",
    "DossierItem",
    "DossierMember",
    "DossierNote",
    "DossierVariable",
    "Lot",
    "ReviewLink",
    "ReviewRemark",
    "ShareInvitation",
    "SourcingSheet",
]
