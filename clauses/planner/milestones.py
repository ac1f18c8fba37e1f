"""From the day a contract starts, back to the first thing to do: every lead time of the planner is here.

None of them is law: they are what the trade counts on, to be adjusted by whoever knows her own calendar (the day of
publication can be given, and the rest follows it). Whole calendar months, as buyers count; the 31st of a month that
has none is its last day.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from .vocabularies import Procedure, Step

# Between the notice and the first day of the contract. A formalised procedure takes the time to receive offers, to
# analyse them, to go before the commission and to let the standstill run, then the holder has to get ready. Unknown
# procedures are counted as the longest, since being early costs nothing.
LAUNCH_BEFORE_START = 6
# An adapted procedure sets its own delays and has no compulsory standstill.
LAUNCH_BEFORE_START_ADAPTED = 4
# A contract without competition is negotiated, not advertised.
LAUNCH_BEFORE_START_DIRECT = 2
# The facilitator needs some four weeks to answer, and calibrates three to four months upstream (DOMAIN.md §1.2).
FACILITATOR_BEFORE_LAUNCH = 4
# The law that counts is that of the day of the launch: a month before, it is known and the documents can still change.
OBLIGATIONS_BEFORE_LAUNCH = 1
# What firms say feeds the need, hence before the documents are written; a month before asking the facilitator, since
# structures of insertion are met by sourcing.
SOURCE_BEFORE_LAUNCH = 4
SOURCE_BEFORE_LAUNCH_WITH_FACILITATOR = 5

# A gesture of the coming days is for this week.
SOON_DAYS = 7


def months_before(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 - months
    year, month = total // 12, total % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def launch_day(*, starts_on: date, launch_on: date | None, procedure: str) -> date:
    """The day given by the buyer, or the one counted back from the start."""
    if launch_on is not None:
        return launch_on
    leads = {Procedure.ADAPTED: LAUNCH_BEFORE_START_ADAPTED, Procedure.DIRECT: LAUNCH_BEFORE_START_DIRECT}
    return months_before(starts_on, leads.get(procedure, LAUNCH_BEFORE_START))


def due_days(*, launch: date, needs_facilitator: bool) -> dict[Step, date]:
    """The last day to begin each step, in the order of the steps."""
    source = SOURCE_BEFORE_LAUNCH_WITH_FACILITATOR if needs_facilitator else SOURCE_BEFORE_LAUNCH
    days = {Step.SOURCE: months_before(launch, source)}
    if needs_facilitator:
        days[Step.FACILITATOR] = months_before(launch, FACILITATOR_BEFORE_LAUNCH)
    days[Step.OBLIGATIONS] = months_before(launch, OBLIGATIONS_BEFORE_LAUNCH)
    days[Step.LAUNCH] = launch
    return days


REASONS = {
    Step.SOURCE: _("Avant d’écrire le besoin : ce que les entreprises savent faire s’apprend ici."),
    Step.FACILITATOR: _("Quatre mois avant le lancement. Comptez quatre semaines pour sa réponse."),
    Step.OBLIGATIONS: _("Les seuils et les textes du jour, puis les paires de clauses."),
    Step.LAUNCH: _("L’envoi de l’avis : c’est ce jour-là que la loi applicable se fixe."),
}


@dataclass(frozen=True)
class Milestone:
    """One step of one purchase. `is_passed`: a later one was done, so nobody waits for this one any more."""

    step: Step
    due_on: date
    done_on: date | None = None
    is_passed: bool = False

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.is_passed

    def days_left(self, today: date) -> int:
        return (self.due_on - today).days

    def is_late(self, today: date) -> bool:
        return self.is_open and self.due_on < today

    def is_pressing(self, today: date) -> bool:
        """Late, or due within the week."""
        return self.is_open and self.days_left(today) <= SOON_DAYS


def milestones(days: Mapping[Step, date], done: Mapping[str, date]) -> list[Milestone]:
    found: list[Milestone] = []
    later_done = False
    for step in reversed(list(days)):
        found.append(Milestone(step, days[step], done.get(step), is_passed=later_done and step not in done))
        later_done = later_done or step in done
    return found[::-1]
