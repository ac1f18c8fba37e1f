"""What the law asks of a purchase: `check(purchase)` says what applies, why, on which text and since when.

Amounts, dates and repeals come from the base, where jurists keep them; the reasoning is here. Where a text was not read
again, where a threshold is not published, where the answer turns on what is not asked, it says so rather than conclude.
"""

from .check import check, ladder
from .lawbook import Ground, LawBook
from .purchase import BuildingUse, Catering, Finding, Purchase, PurchaseNature, Status, Step

__all__ = [
    "BuildingUse",
    "Catering",
    "Finding",
    "Ground",
    "LawBook",
    "Purchase",
    "PurchaseNature",
    "Status",
    "Step",
    "check",
    "ladder",
]
