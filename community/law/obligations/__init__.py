"""What the law asks of one purchase: the obligations checker.

Pure rules over what the database says of texts, articles, thresholds and the calendar, read in one query
(`sources`). A `Purchase` goes in, a list of `Finding` comes out (`check`); what the buyer left empty turns the
findings that depend on it into « à vérifier ». No page and no clause is known here: `clauses` shows the answer and
pairs it with conditions and criteria.
"""

from .check import check
from .findings import Finding, Status, Want
from .purchase import Catering, NewBuild, Place, Purchase, PurchaseNature
from .scale import scale
from .sources import Law, read_law

__all__ = [
    "Catering",
    "Finding",
    "Law",
    "NewBuild",
    "Place",
    "Purchase",
    "PurchaseNature",
    "Status",
    "Want",
    "check",
    "read_law",
    "scale",
]
