from .clause import Clause, ClauseTag, Naming, OpenClause
from .context import AlsoIn, Basis, ClauseLink, Provenance
from .suggestion import EditSuggestion, Hunk, HunkKind, HunkState, SuggestionState
from .use import ClauseCopy, CopyForm
from .version import ClauseReview, ClauseVersion
from .wording import ScaleStep, Variable, Wording

__all__ = [
    "AlsoIn",
    "Basis",
    "Clause",
    "ClauseCopy",
    "ClauseLink",
    "ClauseReview",
    "ClauseTag",
    "ClauseVersion",
    "CopyForm",
    "EditSuggestion",
    "Hunk",
    "HunkKind",
    "HunkState",
    "Naming",
    "OpenClause",
    "Provenance",
    "ScaleStep",
    "SuggestionState",
    "Variable",
    "Wording",
]
