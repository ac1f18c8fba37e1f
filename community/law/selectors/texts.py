"""Texts, articles and thresholds, for everyone; and their history."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404
from django.utils import timezone

from community.members.models import Expertise, ExpertiseKind, Member

from ..models import LegalChange, LegalProvision, LegalText, Nature, Obligation, Threshold
from ..snapshots import KIND_OF
from ..states import LawState
from .calendar import line_of

MAX_HISTORY = 50


@dataclass
class Step:
    """A moment of a text: its own periods, those of its neighbours, and the calendar's lines that rest on it."""

    day: Any
    year: str
    title: str
    detail: str
    url: str
    status: str
    tone: str
    icon: str
    state: str


@dataclass
class History:
    label: str
    author: str
    at: datetime
    note: str
    what: str = ""
    fields: list[str] = field(default_factory=list)


def get_text_or_404(viewer, slug: str) -> LegalText:
    texts = LegalText.objects.visible_to(viewer).select_related("replaced_by", "verified_by__organisation")
    articles = LegalProvision.objects.select_related("replaced_by__text").order_by("pk")
    return get_object_or_404(texts.prefetch_related(Prefetch("provisions", articles)), slug=slug)


def get_provision_or_404(viewer, pk: int) -> LegalProvision:
    return get_object_or_404(LegalProvision.objects.visible_to(viewer).select_related("text", "replaced_by"), pk=pk)


def get_threshold_or_404(viewer, pk: int) -> Threshold:
    return get_object_or_404(Threshold.objects.visible_to(viewer), pk=pk)


def get_obligation_or_404(viewer, slug: str) -> Obligation:
    return get_object_or_404(Obligation.objects.visible_to(viewer), slug=slug)


def texts_by_nature(viewer) -> list[tuple[str, list[LegalText]]]:
    by_nature: dict[str, list[LegalText]] = {nature: [] for nature in Nature.values}
    for text in LegalText.objects.visible_to(viewer).select_related("replaced_by"):
        by_nature[text.nature].append(text)
    return [(str(Nature(nature).label), texts) for nature, texts in by_nature.items() if texts]


def thresholds_by_key(viewer) -> list[list[Threshold]]:
    """Each key with its periods, the latest first."""
    by_key: dict[str, list[Threshold]] = {}
    for threshold in Threshold.objects.visible_to(viewer).order_by("key", "-applies_from"):
        by_key.setdefault(threshold.key, []).append(threshold)
    return list(by_key.values())


def timeline(text: LegalText) -> list[Step]:
    today = timezone.localdate()
    family = LegalText.objects.filter(Q(pk=text.pk) | Q(replaced_by=text) | Q(replaces=text)).distinct()
    steps = [own_step(each, today, is_self=each.pk == text.pk) for each in family if each.in_force_from]
    about = Obligation.objects.filter(Q(texts=text) | Q(provisions__text=text), starts_on__gt=today).distinct()
    for obligation in about.prefetch_related("texts", "provisions__text"):
        line = line_of(obligation, today)
        steps.append(
            Step(
                day=obligation.starts_on,
                year=line.year,
                title=obligation.title,
                detail=obligation.summary,
                url=obligation.get_absolute_url(),
                status=line.status,
                tone=line.tone,
                icon=line.icon,
                state="soon" if line.period == "bientot" else "later",
            )
        )
    return sorted(steps, key=lambda step: (step.day, step.title))


def own_step(text: LegalText, today, *, is_self: bool) -> Step:
    dress = {
        LawState.IN_FORCE: ("success", "check", "in-force"),
        LawState.NOT_YET: ("info", "calendar", "later"),
        LawState.REPLACED: ("", "history", ""),
        LawState.REPEALED: ("", "history", ""),
    }
    state = text.state_on(today)
    tone, icon, mark = dress[state]
    return Step(
        day=text.in_force_from,
        year="",
        title=text.short_title,
        detail=text.scope,
        url="" if is_self else text.get_absolute_url(),
        status=str(state.label),
        tone=tone,
        icon=icon,
        state=mark,
    )


def history_of(*objects) -> list[History]:
    """The changes of these things, latest first, in one query; `what` names the thing when there are several."""
    names = {(KIND_OF[type(obj)], obj.pk): obj for obj in objects}
    wanted = Q(pk__in=[])
    for kind in {kind for kind, _pk in names}:
        wanted |= Q(kind=kind, object_id__in=[pk for name, pk in names if name == kind])
    # Articles that came with the product say nothing of what was done here.
    arrivals = Q(by_loader=True, kind="legal_provision")
    rows = LegalChange.objects.filter(wanted).exclude(arrivals).select_related("by")[:MAX_HISTORY]
    return [history_line(row, names[row.kind, row.object_id]) for row in rows]


def history_line(row: LegalChange, obj) -> History:
    labels = {field.attname: str(field.verbose_name) for field in obj._meta.concrete_fields}
    return History(
        label=row.get_change_display(),
        author=str(row.by) if row.by else "",
        at=row.at,
        note=row.note,
        what=obj.label if isinstance(obj, LegalProvision) else "",
        fields=[labels.get(name, name) for name in row.after] if row.before else [],
    )


def jurists() -> list[Member]:
    """Who keeps the law, to be thanked and asked."""
    granted = Expertise.objects.current().filter(kind=ExpertiseKind.JURIST).values("member")
    return list(Member.objects.persons().filter(pk__in=granted).select_related("organisation").order_by("pk")[:6])
