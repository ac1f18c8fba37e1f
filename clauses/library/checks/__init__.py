"""What a clause must say before it is published: refusals stop it, warnings tell; each says why and where.

Functions of the content alone (`content.to_content`), and of the law's present state, which is passed to them.
"""

from .findings import Finding, Level, refusals_among, warnings_among
from .run import check_content
from .verdicts import Verdict, verdicts

__all__ = [
    "Finding",
    "Level",
    "Verdict",
    "check_content",
    "refusals_among",
    "verdicts",
    "warnings_among",
]
