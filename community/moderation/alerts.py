"""What a page says above a content whose law moved: one query for all the contents of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.models import Reference
from community.core.pagecache import Watch
from community.core.prepared import Prepared
from community.core.ui import day_words
from community.law.models import LegalChange
from community.law.replacing import is_out
from community.law.vocabulary import Fact, Vocabulary, vocabulary_at

from .models import ReviewItem, ReviewState

Key = tuple[str, int]
LEGAL_KINDS = ("legal_text", "legal_provision")
_NOTHING = Value("", CharField())
_NO_ID = Value(0, BigIntegerField())


@dataclass(frozen=True, slots=True)
class Alert:
    """`tone` as the kit's notices; `url` leads to the text, `successor_url` to what stands in its place."""

    tone: str
    title: str
    text: str
    url: str
    successor: str = ""
    successor_url: str = ""


@dataclass(frozen=True)
class Alerts:
    """By (kind, pk) of content. `watches` tell a kept page that something of this changed; none where nothing is
    cited.
    """

    by_content: dict[Key, list[Alert]]
    watches: tuple[Watch, ...] = ()

    def of(self, kind: str, pk: int) -> list[Alert]:
        return self.by_content.get((kind, pk), [])


def _marks(singles: tuple[str, ...], several: str, *, ids: Iterable[int] = (), **single: int):
    """The law cited by one content of each of `singles` and by several of another kind, what was decided of them, and
    the stamp of the law, as rows of one shape.
    """
    cites, decided = Q(pk__in=[]), Q(pk__in=[])
    for kind in singles:
        cites |= Q(source_kind=kind, source_id=single[kind])
        decided |= Q(kind=kind, object_id=single[kind])
    if several:
        cites |= Q(source_kind=several, source_id__in=ids)
        decided |= Q(kind=several, object_id__in=ids)
    cited = Reference.objects.filter(cites, target_kind__in=LEGAL_KINDS)
    items = ReviewItem.objects.filter(decided).order_by()
    latest = LegalChange.objects.filter(pk__in=LegalChange.objects.order_by("-pk").values("pk")[:1]).order_by()
    return cited.values_list("source_kind", "source_id", "target_kind", "target_id", _NOTHING).union(
        items.values_list("kind", "object_id", "cause_kind", "cause_id", "state"),
        latest.values_list("stamp", _NO_ID, _NOTHING, _NO_ID, Value("stamp", CharField())),
        all=True,
    )


_prepared_marks = Prepared(_marks)


def legal_alerts(keys: Iterable[Key]) -> Alerts:
    """For any contents; one query for each kind of which there are several, and one for the rest."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in keys:
        by_kind.setdefault(kind, []).append(pk)
    single = {kind: pks[0] for kind, pks in by_kind.items() if len(pks) == 1}
    several = [kind for kind in by_kind if kind not in single] or ([""] if single else [])
    found: dict[Key, list[Alert]] = {}
    watches: list[Watch] = []
    for rank, kind in enumerate(several):
        asked = single if rank == 0 else {}
        alerts = _read(tuple(asked), kind, ids=by_kind.get(kind), **asked)
        found.update(alerts.by_content)
        watches += alerts.watches
    return Alerts(found, tuple(watches))


def _read(singles: tuple[str, ...], several: str, *, ids: list[int] | None, **single: int) -> Alerts:
    lists = {"ids": ids} if ids else {}
    rows = [tuple(row) for row in _prepared_marks.rows(singles, several, **lists, **single)]
    stamp = next((row[0] for row in rows if row[4] == "stamp"), "")
    marks = [row for row in rows if row[4] != "stamp"]
    if not marks:
        return Alerts({})
    sql, params = _prepared_marks.statement(singles, several, **lists, **single)
    return Alerts(_read_marks(marks, vocabulary_at(stamp)), (Watch(sql, params, tuple(rows)),))


def _read_marks(marks: list[tuple[Any, ...]], law: Vocabulary) -> dict[Key, list[Alert]]:
    today = timezone.localdate()
    cited: dict[Key, list[Key]] = {}
    states: dict[Key, dict[Key, str]] = {}
    for kind, pk, cause_kind, cause_id, state in marks:
        if state:
            states.setdefault((kind, pk), {})[cause_kind, cause_id] = state
        else:
            cited.setdefault((kind, pk), []).append((cause_kind, cause_id))
    found = {}
    for key in {*cited, *states}:
        if alerts := alerts_of(sorted(cited.get(key, [])), states.get(key, {}), law, today):
            found[key] = alerts
    return found


def alerts_of(cited: list[Key], states: dict[Key, str], law: Vocabulary, today: date) -> list[Alert]:
    """Out of force first, then what was found obsolete, then what waits; what was read again and still right is
    silent.
    """
    settled = {cause for cause, state in states.items() if state == ReviewState.STILL_RIGHT}
    alerts, told = [], set()
    for cause in cited:
        fact = law.facts.get(cause)
        own_text = ("legal_text", fact.text) if fact else None
        if fact is None or not is_out(fact, today) or settled & {cause, own_text}:
            continue
        # A text and its articles are said once.
        if own_text not in told:
            told |= {cause, own_text}
            alerts.append(out_of_force(fact, law))
    for cause, state in sorted(states.items()):
        fact = law.facts.get(cause)
        if fact and cause not in told and state in (ReviewState.OBSOLETE, ReviewState.WAITING, ReviewState.ENTRUSTED):
            alerts.append(found_obsolete(fact) if state == ReviewState.OBSOLETE else waiting(fact))
    return sorted(alerts, key=lambda alert: alert.tone != "danger")


def out_of_force(fact: Fact, law: Vocabulary) -> Alert:
    successor = law.facts.get(fact.successor) if fact.successor else None
    if fact.successor is None and law.facts["legal_text", fact.text].successor:
        successor = law.facts.get(law.facts["legal_text", fact.text].successor)
    return Alert(
        tone="danger",
        title=_("Cite un texte abrogé"),
        text=_("%(name)s n’est plus en vigueur depuis le %(day)s.")
        % {"name": fact.name, "day": words(fact.repealed_on)},
        url=fact.url,
        successor=successor.name if successor else "",
        successor_url=successor.url if successor else "",
    )


def found_obsolete(fact: Fact) -> Alert:
    text = _("L’équipe de relecture l’a jugé dépassé par un changement : %(name)s.") % {"name": fact.name}
    return Alert(tone="danger", title=_("Contenu à vérifier"), text=text, url=fact.url)


def waiting(fact: Fact) -> Alert:
    text = _("%(name)s a changé : ce contenu attend une relecture.") % {"name": fact.name}
    return Alert(tone="warning", title=_("Le droit a changé"), text=text, url=fact.url)


def words(day: date | None) -> str:
    return day_words(day) if day else ""
