"""What the database says of the law, read whole in one query: thresholds, lines of the calendar, texts, articles."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, CharField, DecimalField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from community.law.models import LegalProvision, LegalText, Obligation, Threshold

CODE = "code-de-la-commande-publique"
AMOUNT: DecimalField = DecimalField(max_digits=14, decimal_places=2)
# « Inférieur ou égal à »: what such a threshold grants, it grants at its very amount. The others say « égal ou
# supérieur à ».
GRANTED_UP_TO = ("dispense-travaux",)
COLUMNS = (
    *("kind", "name", "label", "text_slug", "text_name", "starts", "ends", "amount_in_euros", "year_known_only"),
    *("source", "source_url", "verified_on", "to_check"),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of the law. `since` … `until`, last day included, are those of the period; `name` is its key.

    A line of the calendar is named by its slug, an article « L2112-2 ».
    """

    kind: str
    name: str
    label: str
    text_slug: str
    text_name: str
    since: date | None
    until: date | None
    amount: Decimal | None
    year_only: bool
    source: str
    source_url: str
    verified_on: date | None
    to_check: bool

    def covers(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def is_over(self, day: date) -> bool:
        return self.until is not None and self.until < day

    def is_reached_by(self, amount: Decimal) -> bool:
        if self.amount is None:
            return False
        return amount > self.amount if self.name in GRANTED_UP_TO else amount >= self.amount

    @property
    def url(self) -> str:
        if self.kind == "article":
            return f"{reverse('legal_text', args=[self.text_slug])}#article-{self.name.lower()}"
        if self.kind == "text":
            return reverse("legal_text", args=[self.text_slug])
        return reverse("legal_calendar") + (f"#{self.name}" if self.kind == "line" else "")


@dataclass(frozen=True)
class Law:
    """The facts by name; a name that is not there gives None, and what depends on it is « à vérifier »."""

    lines: dict[str, Fact] = field(default_factory=dict)
    texts: dict[str, Fact] = field(default_factory=dict)
    articles: dict[str, Fact] = field(default_factory=dict)
    thresholds: dict[str, list[Fact]] = field(default_factory=dict)

    def periods(self, key: str) -> list[Fact]:
        return self.thresholds.get(key, [])

    def threshold(self, key: str, day: date) -> Fact | None:
        return next((period for period in self.periods(key) if period.covers(day)), None)

    def latest(self, key: str) -> Fact | None:
        return self.periods(key)[-1] if self.periods(key) else None


def columns(rows: QuerySet, kind: str, **names: Any) -> QuerySet:
    plain = {
        "text_slug": Value(""),
        "text_name": Value(""),
        "amount_in_euros": Cast(Value(None), AMOUNT),
        "year_known_only": Value(False, BooleanField()),
    }
    expressions = {"kind": Value(kind, CharField()), **plain, **names}
    return rows.order_by().annotate(**expressions).values_list(*COLUMNS)


def rows_of_law() -> QuerySet:
    """Four tables under the same columns; repeals are given as the first day out of force."""
    thresholds = columns(
        Threshold.objects.annotate(name=F("key")),
        "threshold",
        starts=F("applies_from"),
        ends=F("applies_until"),
        amount_in_euros=F("amount"),
    )
    lines = columns(
        Obligation.objects.annotate(name=F("slug"), label=F("title")),
        "line",
        starts=F("starts_on"),
        ends=F("ends_on"),
        year_known_only=F("year_only"),
    )
    texts = columns(
        LegalText.objects.annotate(name=F("slug"), label=F("short_title")),
        "text",
        text_slug=F("slug"),
        text_name=F("short_title"),
        starts=F("in_force_from"),
        ends=F("repealed_on"),
    )
    articles = columns(
        LegalProvision.objects.annotate(name=F("key")),
        "article",
        text_slug=F("text__slug"),
        text_name=F("text__short_title"),
        starts=F("in_force_from"),
        ends=F("repealed_on"),
    )
    return thresholds.union(lines, texts, articles, all=True)


def last_day_included(fact: Fact) -> Fact:
    """The base keeps the first day out of force of what is repealed, as laws do."""
    return replace(fact, until=fact.until - timedelta(days=1)) if fact.until else fact


def read_law() -> Law:
    law = Law()
    for row in rows_of_law():
        fact = Fact(*row)
        if fact.kind == "threshold":
            law.thresholds.setdefault(fact.name, []).append(fact)
        elif fact.kind == "line":
            law.lines[fact.name] = fact
        elif fact.kind == "text":
            law.texts[fact.name] = last_day_included(fact)
        else:
            law.articles[f"{fact.text_slug}:{fact.name}"] = last_day_included(fact)
    for periods in law.thresholds.values():
        periods.sort(key=lambda period: period.since or date.min)
    return law
