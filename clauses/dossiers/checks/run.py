from collections.abc import Callable, Iterator

from .case import Case, Finding, Tone
from .conflicts import check_incompatible
from .criteria import check_environmental_weight, check_total, check_unweighted
from .freshness import check_bounds, check_repealed, check_variables, check_versions, check_withdrawn
from .pairs import check_pair
from .social import check_social_condition

CHECKS: tuple[Callable[[Case], Iterator[Finding]], ...] = (
    check_pair,
    check_social_condition,
    check_incompatible,
    check_total,
    check_environmental_weight,
    check_unweighted,
    check_repealed,
    check_versions,
    check_withdrawn,
    check_variables,
    check_bounds,
)
ORDER = {Tone.WARNING: 0, Tone.ADVICE: 1, Tone.GOOD: 2}


def run_checks(case: Case) -> list[Finding]:
    """What is to settle first, then advice, then what is met."""
    return sorted((found for check in CHECKS for found in check(case)), key=lambda each: ORDER[each.tone])
