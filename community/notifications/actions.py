from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core import contents
from community.core.errors import Invalid

from .models import Level, Notification, Subscription

# Following is cheap, but each row is read by every fan-out of its target.
MAX_SUBSCRIPTIONS = 5_000


@transaction.atomic
def set_level(*, actor, kind: str, pk: int, level: str) -> Subscription:
    """The actor chooses how closely to follow something she may see; `contents.UnknownKind` and absence are 404s
    for the view to give.
    """
    if level not in Level.values:
        raise Invalid(_("Choisissez un niveau de suivi parmi ceux qui sont proposés."))
    followed = Subscription.objects.filter(member=actor).exclude(level=Level.NONE)
    already = level == Level.NONE or followed.filter(kind=kind, object_id=pk).exists()
    # Who reached the limit may still stop following, or follow otherwise: only one more content is refused.
    if not already and followed.count() >= MAX_SUBSCRIPTIONS:
        raise Invalid(_("Vous suivez déjà 5 000 contenus : cessez d’en suivre un avant d’en ajouter."))
    subscription, _created = Subscription.objects.update_or_create(
        member=actor, kind=kind, object_id=pk, defaults={"level": level, "explicit": True}
    )
    return subscription


def follow_implicitly(*, member_id: int, kind: str, pk: int) -> None:
    """Writing somewhere follows it, unless the member chose a level there before."""
    row = Subscription(member_id=member_id, kind=kind, object_id=pk, level=Level.ALL, explicit=False)
    Subscription.objects.bulk_create([row], ignore_conflicts=True)


def follow_only(*, member_id: int, kind: str, pks: Iterable[int]) -> None:
    """Of that kind, the member follows these and no other; a level chosen before for one of them is kept."""
    pks = set(pks)
    own = Subscription.objects.filter(member_id=member_id, kind=kind)
    own.exclude(object_id__in=pks).delete()
    Subscription.objects.bulk_create(
        [Subscription(member_id=member_id, kind=kind, object_id=pk, level=Level.ALL) for pk in sorted(pks)],
        ignore_conflicts=True,
    )


def follow_instead(*, kind: str, pk: int, into: int) -> None:
    """Whoever followed the one follows the other; a level chosen there before is kept."""
    followers = Subscription.objects.filter(kind=kind, object_id=pk)
    already = Subscription.objects.filter(kind=kind, object_id=into).values("member")
    followers.filter(member__in=already).delete()
    followers.update(object_id=into)


def mark_subject_seen(*, actor, kind: str, pk: int) -> int:
    """Reading a thread reads what was said of it; returns how many rows that was."""
    return Notification.objects.of(actor).unseen().about(kind, pk).update(seen_at=timezone.now())


def mark_all_seen(*, actor) -> int:
    return Notification.objects.of(actor).unseen().update(seen_at=timezone.now())


def forget_content(*, kind: str, pk: int) -> None:
    """Eviction: what can no longer be read is no longer told, nor followed."""
    Notification.objects.filter(target_kind=kind, target_id=pk).delete()
    Notification.objects.about(kind, pk).delete()


def drop_subscriptions_of_non_readers(*, kind: str, pk: int) -> None:
    """After a move or a loss of rights: those who may no longer read the content no longer follow it."""
    content = contents.get(kind)
    obj = content.model.objects.filter(pk=pk).first()
    followers = Subscription.objects.to(kind, pk)
    if obj is None:
        followers.delete()
        return
    from community.members.models import Member

    readers = content.readers(obj, Member.objects.persons())
    followers.exclude(member__in=readers.values("pk")).delete()
    Notification.objects.about(kind, pk).exclude(member__in=readers.values("pk")).delete()


def tell_again(*, reason: str, kind: str, pk: int) -> None:
    """Forgets the rows of this fact that were seen, before it is told anew: a row of one fact is written once."""
    Notification.objects.filter(reason=reason, target_kind=kind, target_id=pk, seen_at__isnull=False).delete()
