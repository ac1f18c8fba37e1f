"""The texts, articles and thresholds that the rules read, in two queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse

from ..keys import article_label
from ..models import LegalText, Threshold

CODE = "code-de-la-commande-publique"


@dataclass(frozen=True, slots=True)
class Ground:
    """A text or one of its articles, as an answer cites it."""

    label: str
    text: str
    url: str
    in_force_from: date | None
    repealed_on: date | None
    source: str
    verified_on: date | None
    to_check: bool
    provision_id: int | None = None
    text_id: int | None = None

    @property
    def is_missing(self) -> bool:
        return self.text_id is None

    def is_out_on(self, day: date) -> bool:
        return self.repealed_on is not None and self.repealed_on <= day

    def has_begun_on(self, day: date) -> bool:
        return self.in_force_from is None or self.in_force_from <= day


@dataclass(frozen=True)
class LawBook:
    """`grounds` by « slug » of a text and « slug:key » of an article; `thresholds` by key, oldest first."""

    grounds: dict[str, Ground] = field(default_factory=dict)
    thresholds: dict[str, list[Threshold]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "LawBook":
        thresholds: dict[str, list[Threshold]] = {}
        for threshold in Threshold.objects.order_by("key", "applies_from"):
            thresholds.setdefault(threshold.key, []).append(threshold)
        return cls(read_grounds(), thresholds)

    def article(self, key: str, text: str = CODE) -> Ground:
        return self._ground(f"{text}:{key}", article_label(key))

    def text(self, slug: str) -> Ground:
        return self._ground(slug, slug)

    def _ground(self, name: str, label: str) -> Ground:
        """What is missing from the base is to be checked, and breaks no answer."""
        return self.grounds.get(name) or Ground(label, "", "", None, None, "", None, True)

    def threshold(self, key: str, day: date) -> Threshold | None:
        return next((each for each in self.thresholds.get(key, ()) if each.applies_on(day)), None)

    def latest(self, key: str, day: date) -> Threshold | None:
        """The last one known that began by that day, in force or not."""
        begun = [each for each in self.thresholds.get(key, ()) if each.applies_from <= day]
        return begun[-1] if begun else None


def read_grounds() -> dict[str, Ground]:
    dates = ("in_force_from", "repealed_on", "source", "verified_on", "to_check")
    rows = LegalText.objects.order_by("pk", "provisions__pk").values(
        "pk",
        "slug",
        "short_title",
        *dates,
        *(f"provisions__{name}" for name in ("pk", "key", "label", *dates)),
    )
    grounds = {}
    for row in rows:
        url = reverse("legal_text", args=[row["slug"]])
        own = {name: row[name] for name in dates}
        grounds[row["slug"]] = Ground(
            label=row["short_title"], text=row["short_title"], url=url, text_id=row["pk"], **own
        )
        if row["provisions__pk"] is not None:
            own = {name: row[f"provisions__{name}"] for name in dates}
            grounds[f"{row['slug']}:{row['provisions__key']}"] = Ground(
                label=row["provisions__label"],
                text=row["short_title"],
                url=f"{url}#article-{row['provisions__key'].lower()}",
                text_id=row["pk"],
                provision_id=row["provisions__pk"],
                **own,
            )
    return grounds


def checked_on(grounds: Iterable[Ground], threshold: Threshold | None) -> date | None:
    """The oldest of the checks it rests on; nothing as soon as one is missing: shown « à vérifier »."""
    things = [*grounds, *([threshold] if threshold else [])]
    if not things or any(each.to_check or each.verified_on is None for each in things):
        return None
    return min(each.verified_on for each in things)


def eve(day: date) -> date:
    return day - timedelta(days=1)
