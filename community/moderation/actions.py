from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import audit, contents
from community.core.errors import Invalid, Refused
from community.core.events import ContentFlagged, ContentReviewed, emit
from community.core.mending import Mending, nothing_to_mend
from community.core.ratelimits import Limit, spend
from community.law.replacing import is_out, pairs_among, replaced
from community.law.vocabulary import Vocabulary, current_vocabulary

from .models import OPEN_STATES, Decision, Flag, FlagReason, Outcome, ReviewItem, ReviewState
from .permissions import can_be_entrusted, require_can_mend, require_can_review, require_can_review_item
from .replacing import cited_by, is_cited

FLAGS = Limit("flag", times=20, seconds=86_400, newcomer=5)
MAX_DETAIL = 500
MAX_NOTE = 500
LEGAL_KINDS = {"legal_text", "legal_provision"}


@transaction.atomic
def flag_content(*, actor, kind: str, pk: int, reason: str, detail: str = "") -> Flag:
    """The actor points at a content that she may see (the caller obtained it through her eyes).

    Raises Invalid for an unknown reason or a text too long, Refused when she already has an open flag on it.
    """
    if reason not in FlagReason.values:
        raise Invalid(_("Choisissez un motif parmi ceux qui sont proposés."), field="reason")
    if len(detail) > MAX_DETAIL:
        raise Invalid(_("La précision est limitée à 500 caractères : raccourcissez-la."), field="detail")
    spend(FLAGS, actor=actor)
    content = contents.get(kind)
    obj = content.visible_to(actor).get(pk=pk)
    try:
        with transaction.atomic():
            flag = Flag.objects.create(
                member=actor,
                kind=kind,
                object_id=pk,
                space_id=content.space_id(obj),
                reason=reason,
                detail=detail.strip(),
            )
    except IntegrityError:
        raise Refused(_("Vous avez déjà signalé ce contenu : l’équipe va l’examiner.")) from None
    emit(ContentFlagged(flag_id=flag.pk))
    return flag


@transaction.atomic
def decide_flags(*, actor, kind: str, pk: int, outcome: str, reason: str) -> Decision:
    """Settles every open flag of one content: kept, or hidden through its own room's action."""
    flags = Flag.objects.open().reviewable_by(actor).filter(kind=kind, object_id=pk).select_for_update()
    rows = list(flags)
    require_can_review(rows)
    if outcome not in Outcome.values:
        raise Invalid(_("Choisissez de maintenir ou de masquer le contenu."))
    if outcome == Outcome.HIDDEN and not reason.strip():
        raise Invalid(_("Écrivez le motif : il sera montré à la personne qui a écrit ce contenu."), field="reason")
    decision = Decision.objects.create(
        kind=kind, object_id=pk, space_id=rows[0].space_id, outcome=outcome, reason=reason.strip(), decided_by=actor
    )
    Flag.objects.filter(pk__in=[row.pk for row in rows]).update(decision=decision)
    if outcome == Outcome.HIDDEN:
        hide_content(actor=actor, kind=kind, pk=pk, reason=reason.strip())
    audit.record(
        f"moderation_{outcome}", actor=actor, kind=kind, object_id=pk, space_id=rows[0].space_id, reason=reason.strip()
    )
    return decision


def hide_content(*, actor, kind: str, pk: int, reason: str) -> None:
    content = contents.get(kind)
    obj = content.visible_to(actor).filter(pk=pk).first()
    if obj is not None and content.hide is not None:
        content.hide(obj, actor=actor, reason=reason)


@transaction.atomic
def entrust_item(*, actor, item: ReviewItem, to) -> ReviewItem:
    """Asks somebody who may read the content, and could have taken it, to read it again."""
    require_can_review_item(actor, item)
    item = ReviewItem.objects.select_for_update().get(pk=item.pk)
    require_open(item)
    if not can_be_entrusted(to, item) or contents.find_visible(to, item.kind, item.object_id) is None:
        raise Invalid(_("Cette personne ne peut pas relire ce contenu : choisissez-en une autre."), field="to")
    item.state, item.assigned_to, item.assigned_at = ReviewState.ENTRUSTED, to, timezone.now()
    item.save(update_fields=["state", "assigned_to", "assigned_at"])
    return item


@transaction.atomic
def decide_item(*, actor, item: ReviewItem, outcome: str, note: str = "") -> ReviewItem:
    """Says what the content is worth today. « Obsolète » shows a warning on it, which its readers see."""
    require_can_review_item(actor, item)
    if outcome not in ReviewState.values or outcome in OPEN_STATES:
        raise Invalid(_("Choisissez : toujours exact, mis à jour ou obsolète."), field="outcome")
    if len(note) > MAX_NOTE:
        raise Invalid(_("La précision est limitée à 500 caractères : raccourcissez-la."), field="note")
    item = ReviewItem.objects.select_for_update().get(pk=item.pk)
    require_open(item)
    settle_unguarded(item, actor=actor, outcome=outcome, note=note.strip())
    return item


def settle_unguarded(item: ReviewItem, *, actor, outcome: str, note: str = "") -> None:
    item.state, item.note = outcome, note
    item.decided_by, item.decided_at = actor, timezone.now()
    item.save(update_fields=["state", "note", "decided_by", "decided_at"])
    emit(
        ContentReviewed(
            kind=item.kind,
            object_id=item.object_id,
            cause_kind=item.cause_kind,
            cause_id=item.cause_id,
            outcome=outcome,
            by_id=actor.pk,
        )
    )


@transaction.atomic
def decide_items(*, actor, items: Iterable[ReviewItem], outcome: str) -> int:
    """The same decision on several, each with its own guard and its own event; what somebody decided meanwhile stays
    as it was. Returns how many were decided. Raises as `decide_item`, which undoes all of it.
    """
    decided = 0
    for item in sorted(items, key=lambda each: each.pk):
        if ReviewItem.objects.open().select_for_update().filter(pk=item.pk).exists():
            decide_item(actor=actor, item=item, outcome=outcome)
            decided += 1
    return decided


@transaction.atomic
def replace_citations(*, actor, kind: str, obj, seen: str) -> bool:
    """Where the content cites what was replaced, what stands today is written, by the action of its own room, which
    keeps the text that was. What no longer cites it is read again; returns False when some of it waits for a reader.
    Raises Refused when the text is not the one that was `seen`, or when nothing can be written over.
    """
    content, key = contents.get(kind), (kind, obj.pk)
    require_can_mend(actor, content, obj)
    items = list(ReviewItem.objects.open().filter(kind=kind, object_id=obj.pk).select_for_update())
    law, today = current_vocabulary(), timezone.localdate()
    pairs = pairs_among(cited_by([key]).get(key, ()), law, today)
    if content.mend is None or not pairs:
        raise nothing_to_mend()
    names = [_("%(old)s remplacé par %(new)s") % named(law, old, new) for old, new in sorted(pairs.items())]
    reason = _("Droit à jour : %(what)s.") % {"what": ", ".join(names)}
    mending = Mending(words=lambda text: replaced(text, law, pairs), keys=pairs, reason=reason, seen=seen)
    content.mend(obj, actor=actor, mending=mending)
    left = {each for each in cited_by([key]).get(key, ()) if each in law.facts and is_out(law.facts[each], today)}
    for item in items:
        cause = (item.cause_kind, item.cause_id)
        if is_cited(cause, pairs, law) and not is_cited(cause, left, law):
            settle_unguarded(item, actor=actor, outcome=ReviewState.UPDATED, note=reason[:MAX_NOTE])
    return not left & set(pairs)


def named(law: Vocabulary, old: tuple[str, int], new: tuple[str, int]) -> dict[str, str]:
    return {"old": law.facts[old].name, "new": law.facts[new].name}


def require_open(item: ReviewItem) -> None:
    if not item.is_open:
        raise Refused(_("Ce contenu a déjà été relu : rechargez la page pour voir la décision."))


def queue_contents_unguarded(*, cause_kind: str, cause_id: int, change_id: int, keys: list[tuple[str, int]]) -> int:
    """Puts contents in the review queue, again when an earlier change had; returns how many wait now.

    Called by the task that follows a change of the law, which a jurist made.
    """
    places = space_ids_of(keys)
    ReviewItem.objects.bulk_create(
        [
            ReviewItem(
                kind=kind,
                object_id=pk,
                space_id=space_id,
                cause_kind=cause_kind,
                cause_id=cause_id,
                change_id=change_id,
            )
            for (kind, pk), space_id in places.items()
        ],
        ignore_conflicts=True,
    )
    again = Q(pk__in=[])
    for name in {kind for kind, _pk in places}:
        again |= Q(kind=name, object_id__in=[pk for kind, pk in places if kind == name])
    ReviewItem.objects.filter(again, cause_kind=cause_kind, cause_id=cause_id, change_id__lt=change_id).update(
        state=ReviewState.WAITING,
        change_id=change_id,
        queued_at=timezone.now(),
        assigned_to=None,
        assigned_at=None,
        decided_by=None,
        decided_at=None,
        note="",
    )
    return len(places)


def space_ids_of(keys: list[tuple[str, int]]) -> dict[tuple[str, int], int | None]:
    """The space of each content that exists, one query a kind; kinds of the law itself are not read again."""
    by_kind: dict[str, list[int]] = {}
    for name, pk in keys:
        by_kind.setdefault(name, []).append(pk)
    known = {kind.name: kind for kind in contents.kinds()}
    found = {}
    for name, pks in by_kind.items():
        if name in known and name not in LEGAL_KINDS:
            kind = known[name]
            rows = kind.model._default_manager.filter(pk__in=pks).select_related(*kind.card_related)
            found.update({(name, row.pk): kind.space_id(row) for row in rows})
    return found


@transaction.atomic
def refile_items_unguarded(*, space_id: int | None) -> None:
    """Contents that left this place are found by those in charge where they are now."""
    rows = list(ReviewItem.objects.open().filter(space_id=space_id))
    places = space_ids_of([(row.kind, row.object_id) for row in rows])
    moved = [row for row in rows if places.get((row.kind, row.object_id), row.space_id) != row.space_id]
    for row in moved:
        row.space_id, row.assigned_to, row.assigned_at = places[row.kind, row.object_id], None, None
        row.state = ReviewState.WAITING
    ReviewItem.objects.bulk_update(moved, ["space_id", "assigned_to", "assigned_at", "state"], batch_size=500)
