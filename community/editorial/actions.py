import logging

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import DraftStateMixin, Revision

from clauses.library.actions.cms import keep_from_calendar
from clauses.library.actions.publish import NotPublishable
from community.core.events import FollowedTopicsChanged, emit
from community.core.references import record_references
from community.core.richtext import render
from community.notifications.actions import set_level
from community.notifications.models import Level
from community.taxonomy.models import PurchaseFamily

from .models import PAGE, BasePage, ResourcePage

logger = logging.getLogger(__name__)


def publish_what_is_due() -> dict[str, int]:
    """What editors set a date for comes out, what has expired leaves; each in its own transaction, whatever becomes of
    the others. What the checklist of clauses refuses stays a draft, and its editor is told.
    """
    done = {"published": 0, "unpublished": 0, "refused": 0}
    for model in _with_drafts():
        for item in list(model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")):
            with transaction.atomic():
                item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            done["unpublished"] += 1
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
    for revision in list(due):
        done[_publish(revision)] += 1
    return done


def _publish(revision: Revision) -> str:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except NotPublishable as refusal:
        keep_from_calendar(clause=revision.content_object, revision=revision, refusal=refusal)
        return "refused"
    except Exception:
        logger.exception("scheduled revision %s was not published", revision.pk)
        return "refused"
    return "published"


def _with_drafts() -> list[type]:
    """Pages are one model here; those that stand for another are met through it."""
    others = [model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not model._meta.proxy]
    return [BasePage, *(model for model in others if not issubclass(model, BasePage))]


def record_page_references(*, page: ResourcePage) -> None:
    """What the text that went live cites: its readers are told when the law that it cites moves."""
    rendered = render(page.body)
    record_references(kind=PAGE, pk=page.pk, paths=rendered.references, text=rendered.text)


@transaction.atomic
def watch_family(*, family: PurchaseFamily, actor, level: str) -> None:
    """How closely the member follows a family; her profile, where families are ticked, says the same."""
    if level == Level.NONE:
        actor.families_followed.remove(family)
    else:
        actor.families_followed.add(family)
    emit(FollowedTopicsChanged(member_id=actor.pk))
    set_level(actor=actor, kind="family", pk=family.pk, level=level)
