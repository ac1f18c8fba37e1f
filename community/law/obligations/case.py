"""One purchase before the law: what the rules ask of both, and how they write their findings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from community.core import ui
from community.core.ui import day_words

from .findings import Finding, Status, ThresholdNote
from .purchase import Purchase
from .sources import CODE, Fact, Law


class Standing(Enum):
    """Where an amount stands when several thresholds are possible: « between » is above some and below others."""

    BELOW = "below"
    BETWEEN = "between"
    REACHED = "reached"
    UNKNOWN = "unknown"


def stand_among(amount: Decimal | None, thresholds: Iterable[Fact]) -> Standing:
    known = [fact for fact in thresholds if fact.amount is not None]
    if amount is None or not known:
        return Standing.UNKNOWN
    reached = [fact.is_reached_by(amount) for fact in known]
    if not any(reached):
        return Standing.BELOW
    return Standing.REACHED if all(reached) else Standing.BETWEEN


@dataclass(frozen=True)
class Case:
    purchase: Purchase
    law: Law
    today: date

    @property
    def launch(self) -> date | None:
        return self.purchase.launch_date

    def missing(self, *names: str) -> tuple[str, ...]:
        return tuple(name for name in names if getattr(self.purchase, name) is None)

    def timing(self, line: Fact | None) -> tuple[Status, str, tuple[str, ...]]:
        """Whether the launch falls in the period of a line of the calendar, and the sentence that says so."""
        if line is None or line.since is None:
            return (
                Status.TO_CHECK,
                _("Cette règle n’est plus dans notre calendrier : à vérifier avec votre juriste."),
                (),
            )
        since = {"day": day_words(line.since)}
        if self.launch is None:
            why = _("Indiquez la date de lancement : la règle vise les consultations lancées à partir du %(day)s.")
            return Status.TO_CHECK, why % since, ("launch_date",)
        if self.launch < line.since:
            why = _("Elle vise les consultations lancées à partir du %(day)s ; la vôtre part avant.")
            return Status.NOT_YET, why % since, ()
        if line.is_over(self.launch):
            why = _("Cette étape a pris fin le %(day)s, avant votre lancement.") % {"day": day_words(line.until)}
            return Status.NOT_APPLICABLE, why, ()
        return Status.APPLIES, "", ()

    def finding(
        self,
        key: str,
        title: str,
        why: str,
        status: Status,
        *,
        line: Fact | None = None,
        articles: Iterable[str] = (),
        texts: Iterable[str] = (),
        **more: Any,
    ) -> Finding:
        """Nothing « applies » on the word of a source that nobody has read again, nor of a repealed article."""
        cited = tuple(fact for name in articles if (fact := self.law.articles.get(full_name(name))))
        named = tuple(fact for slug in texts if (fact := self.law.texts.get(slug)))
        # The line of the calendar states the rule; without one, the first article or text does.
        statement = line or next(iter((*cited, *named)), None)
        status, why, is_verified = self._trusted(status, why, statement, (*cited, *named))
        more.setdefault("threshold", ThresholdNote())
        return Finding(
            key=key,
            title=ui.typography(title),
            why=ui.typography(why.strip()),
            status=status,
            articles=cited,
            texts=named,
            line=line,
            since=more.pop("since", statement.since if statement else None),
            since_year_only=statement.year_only if statement else False,
            until=more.pop("until", line.until if line else None),
            source=statement.source if statement else "",
            verified_on=statement.verified_on if statement else None,
            is_verified=is_verified,
            **more,
        )

    def _trusted(
        self, status: Status, why: str, statement: Fact | None, sources: tuple[Fact, ...]
    ) -> tuple[Status, str, bool]:
        """Status, reason, and whether somebody has read the source again and it still stands on that day."""
        is_verified = statement is not None and not statement.to_check
        if status != Status.APPLIES:
            return status, why, is_verified
        if not is_verified:
            caution = _("%(why)s Nous n’avons pas encore relu le texte : ne vous en tenez pas à cette ligne.")
            return Status.TO_CHECK, caution % {"why": why}, False
        day = self.launch or self.today
        gone = next((fact for fact in sources if fact.is_over(day)), None)
        if gone is None:
            return status, why, True
        caution = _("%(why)s « %(label)s » n’est plus en vigueur à cette date : cette ligne est à relire.")
        return Status.TO_CHECK, caution % {"why": why, "label": gone.label}, False


def full_name(name: str) -> str:
    return name if ":" in name else f"{CODE}:{name}"


def sentences(*parts: str) -> str:
    return " ".join(part for part in parts if part)
