"""Telling those concerned: one task a fact, rows written in batches, rights checked when it runs."""

from django.db.models import Exists, OuterRef, Q
from django_tasks import task

from community.core import contents
from community.members.models import Member

from .models import Level, Notification, Subscription

BATCH = 500


@task()
def fan_out(
    *,
    reason: str,
    subject: list,
    target: list,
    actor_id: int | None,
    essential: bool = False,
    member_ids: list | None = None,
    follow: list | None = None,
    only: bool = False,
    except_ids: list | None = None,
) -> int:
    """Writes a notification for each member concerned who may read the target; returns how many were concerned.

    `subject` and `target` are [kind, pk]; `member_ids` are told as if they followed the subject, unless they muted it;
    `follow` lists further followed objects ([kind, pk]), such as the space or the family. With `only`, nobody but
    `member_ids` is told, muted or not: a mention, a private word; `except_ids` are those told so already. Running it
    twice writes nothing more.
    """
    kind = contents.get(target[0])
    obj = kind.model._default_manager.filter(pk=target[1]).first()
    if obj is None:
        return 0
    if only:
        concerned = Member.objects.persons().filter(pk__in=member_ids or [])
    else:
        concerned = members_concerned(subject, follow or [], member_ids or [], essential=essential)
    concerned = concerned.exclude(pk__in=[pk for pk in (actor_id, *(except_ids or [])) if pk is not None])
    readers = kind.readers(obj, concerned).order_by("pk").values_list("pk", flat=True)
    told, last = 0, 0
    while batch := list(readers.filter(pk__gt=last)[:BATCH]):
        write_rows(batch, reason=reason, subject=subject, target=target)
        told, last = told + len(batch), batch[-1]
    return told


def members_concerned(subject: list, follow: list, member_ids: list, *, essential: bool):
    own = Subscription.objects.filter(member=OuterRef("pk")).to(*subject)
    wanted = Q(Exists(own.listening(essential=essential)))
    for kind, pk in follow:
        around = Subscription.objects.filter(member=OuterRef("pk")).to(kind, pk).listening(essential=essential)
        # Who muted the thread, or follows its essential only, is not told of it through its family or its space.
        wanted |= Q(Exists(around)) & ~Q(Exists(own))
    muted = Q(Exists(own.filter(level=Level.NONE)))
    return Member.objects.persons().filter(~muted, wanted | Q(pk__in=member_ids))


def write_rows(member_ids: list, *, reason: str, subject: list, target: list) -> None:
    Notification.objects.bulk_create(
        [
            Notification(
                member_id=pk,
                reason=reason,
                subject_kind=subject[0],
                subject_id=subject[1],
                target_kind=target[0],
                target_id=target[1],
            )
            for pk in member_ids
        ],
        ignore_conflicts=True,
    )
