"""The legal calendar: what is asked, from when, on which text, and when that was checked."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Obligation
from ..states import LawState
from .citing import open_citing_counts

STATES = ("vigueur", "bientot", "plus-tard", "verifier")
MAX_ESSENTIALS = 4
DAYS_TOLD, MONTHS_TOLD = 120, 24


@dataclass(frozen=True)
class CalendarFilter:
    state: str = ""
    audience: str = ""

    def keeps(self, obligation: Obligation, today: date) -> bool:
        if self.audience and obligation.audiences and self.audience not in obligation.audiences:
            return False
        if self.state == "verifier":
            return obligation.to_check
        return not self.state or self.state == period_of(obligation, today)


@dataclass
class Line:
    """One line as the page says it; `when` is a date, or the year alone in `year`."""

    obligation: Obligation
    period: str
    status: str
    tone: str
    icon: str
    year: str
    grounds: list[dict[str, Any]] = field(default_factory=list)
    citing: int = 0


@dataclass
class Group:
    key: str
    title: str
    lines: list[Line]


def all_obligations() -> list[Obligation]:
    return list(
        Obligation.objects.select_related("verified_by").prefetch_related("texts", "provisions__text").order_by("pk")
    )


def period_of(obligation: Obligation, today: date) -> str:
    """« Bientôt »: this year or the next."""
    state = obligation.state_on(today)
    if state == LawState.NOT_YET:
        return "bientot" if obligation.starts_on.year <= today.year + 1 else "plus-tard"
    return "vigueur" if state == LawState.IN_FORCE else "passe"


def calendar_groups(wanted: CalendarFilter) -> list[Group]:
    """What comes, nearest first; then what is in force, latest first; then what another step replaced."""
    today = timezone.localdate()
    kept = [each for each in all_obligations() if wanted.keeps(each, today)]
    counts = open_citing_counts({each.pk: causes_of(each) for each in kept})
    groups: dict[str, Group] = {}
    for each in sorted(kept, key=lambda each: order_of(each, today)):
        line = line_of(each, today)
        line.citing = counts.get(each.pk, 0)
        key, title = group_of(each, today)
        groups.setdefault(key, Group(key, title, [])).lines.append(line)
    return list(groups.values())


def order_of(obligation: Obligation, today: date) -> tuple:
    rank = ("bientot", "plus-tard", "vigueur", "passe").index(period_of(obligation, today))
    day = obligation.starts_on.toordinal()
    return (rank, day if rank < 2 else -day, obligation.pk)


def group_of(obligation: Obligation, today: date) -> tuple[str, str]:
    period = period_of(obligation, today)
    if period == "vigueur":
        year = obligation.starts_on.year
        return f"vigueur-{year}", _("En vigueur depuis %(year)d") % {"year": year}
    titles = {"bientot": _("Bientôt"), "plus-tard": _("Plus tard"), "passe": _("Étapes passées")}
    return period, titles[period]


def causes_of(obligation: Obligation) -> set[tuple[str, int]]:
    texts = {("legal_text", text.pk) for text in obligation.texts.all()}
    return texts | {("legal_provision", provision.pk) for provision in obligation.provisions.all()}


def line_of(obligation: Obligation, today: date) -> Line:
    period = period_of(obligation, today)
    status, tone, icon = status_of(obligation, period, today)
    texts = [{"label": text.short_title, "url": text.get_absolute_url()} for text in obligation.texts.all()]
    articles = [
        {
            "label": _("Article %(label)s") % {"label": provision.label},
            "url": provision.get_absolute_url(),
            "of": provision.text.short_title,
        }
        for provision in obligation.provisions.all()
    ]
    return Line(
        obligation=obligation,
        period=period,
        status=status,
        tone=tone,
        icon=icon,
        year=str(obligation.starts_on.year) if obligation.year_only else "",
        grounds=articles + texts,
    )


def status_of(obligation: Obligation, period: str, today: date) -> tuple[str, str, str]:
    if period == "vigueur":
        return _("En vigueur"), "success", "check"
    if period == "passe":
        return _("Étape passée"), "", "history"
    days = (obligation.starts_on - today).days
    if obligation.year_only:
        words = (
            _("L’an prochain")
            if obligation.starts_on.year == today.year + 1
            else _("En %(year)d") % {"year": obligation.starts_on.year}
        )
    elif days <= DAYS_TOLD:
        words = ngettext("Dans %(count)d jour", "Dans %(count)d jours", days) % {"count": days}
    else:
        words = distance(obligation.starts_on, today)
    near = period == "bientot"
    return words, "danger" if near else "info", "clock" if near else "calendar"


def distance(day: date, today: date) -> str:
    months = (day.year - today.year) * 12 + day.month - today.month - (day.day < today.day)
    if months < MONTHS_TOLD:
        return _("Dans %(count)d mois") % {"count": months}
    return _("Dans %(count)d ans") % {"count": months // 12}


def essentials() -> list[Line]:
    """Those that the team put in front: in force latest first, then what comes."""
    today = timezone.localdate()
    chosen = Obligation.objects.filter(is_essential=True).prefetch_related("texts", "provisions__text")
    lines = [line_of(each, today) for each in sorted(chosen, key=lambda each: (each.starts_on, each.pk))]
    current = [line for line in lines if line.period == "vigueur"][-2:]
    coming = [line for line in lines if line.period in ("bientot", "plus-tard")]
    for line in current:
        days = (today - line.obligation.starts_on).days
        line.status = ngettext("En vigueur depuis %(count)d jour", "En vigueur depuis %(count)d jours", days) % {
            "count": days
        }
    return (current + coming)[:MAX_ESSENTIALS]
